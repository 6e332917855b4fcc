internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Lets a listener rest when there is no descriptor or memory for another connection.
///
/// The socket stays readable for as long as a client waits to be accepted. NIO's own `AcceptBackoffHandler` delays the
/// next read only; the read that failed stays registered, and its event loop would try again without end. Without
/// automatic reading the socket is not registered at all.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let length = TimeAmount.milliseconds(100)
    private static let passing: Set<CInt> = [EMFILE, ENFILE, ENOBUFS, ENOMEM]

    private var isResting = false

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let code = (error as? IOError)?.errnoCode, AcceptPause.passing.contains(code) else {
            return context.fireErrorCaught(error)
        }
        guard !isResting else { return }
        isResting = true
        let listener = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
        set(reads: false, context.channel)
        context.eventLoop.scheduleTask(in: AcceptPause.length) {
            let (pause, channel) = listener.value
            pause.isResting = false
            pause.set(reads: true, channel)
        }
    }

    private func set(reads: Bool, _ channel: any Channel) {
        do {
            try channel.syncOptions?.setOption(.autoRead, value: reads)
        } catch {
            // The listener is closed: there is nothing to read.
        }
    }
}
