internal import Glibc
internal import NIOCore

/// Counts connections where they are accepted, and lets the listener rest while there is no place, no descriptor or no
/// memory for another: clients wait in the system's queue meanwhile.
///
/// Counted any later, on its own event loop, a connection would have its descriptor long before, if that loop is busy.
///
/// The socket stays readable for as long as a client waits to be accepted. NIO's own `AcceptBackoffHandler` delays the
/// next read only; the read that failed stays registered, and its event loop would try again without end. Without
/// automatic reading the socket is not registered at all.
final class AcceptGate: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private enum Obstacle {
        /// As many connections are open as may be.
        case places
        /// The system has no descriptor or no memory.
        case resources
    }

    /// Between two attempts to get a descriptor.
    static let pause = TimeAmount.milliseconds(100)
    private static let passing: Set<CInt> = [EMFILE, ENFILE, ENOBUFS, ENOMEM]

    private let connections: ConnectionRegistry
    private var obstacles: Set<Obstacle> = []

    init(_ connections: ConnectionRegistry) {
        self.connections = connections
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        guard connections.add(connection) else { return connection.close(promise: nil) }
        context.fireChannelRead(data)
        let listener = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
        let hasPlace = connections.hasPlace { [eventLoop = context.eventLoop] in
            eventLoop.execute { listener.value.0.remove(.places, listener.value.1) }
        }
        if !hasPlace { add(.places, context.channel) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let code = (error as? IOError)?.errnoCode, AcceptGate.passing.contains(code) else {
            return context.fireErrorCaught(error)
        }
        guard !obstacles.contains(.resources) else { return }
        add(.resources, context.channel)
        let listener = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: AcceptGate.pause) {
            listener.value.0.remove(.resources, listener.value.1)
        }
    }

    private func add(_ obstacle: Obstacle, _ listener: any Channel) {
        obstacles.insert(obstacle)
        set(reads: false, listener)
    }

    private func remove(_ obstacle: Obstacle, _ listener: any Channel) {
        obstacles.remove(obstacle)
        if obstacles.isEmpty { set(reads: true, listener) }
    }

    private func set(reads: Bool, _ listener: any Channel) {
        do {
            try listener.syncOptions?.setOption(.autoRead, value: reads)
        } catch {
            // The listener is closed: there is nothing to read.
        }
    }
}
