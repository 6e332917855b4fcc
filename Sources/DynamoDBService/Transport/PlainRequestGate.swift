internal import NIOCore

/// Stands before TLS, and answers who does not speak it: a request of plain HTTP gets a 400 that says so, and the
/// connection ends. All other bytes go on as they are.
final class PlainRequestGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// Nothing has come.
        case waiting
        case speaksTLS
        /// The answer has been sent.
        case refused
    }

    /// The first byte of a TLS record that holds a handshake (RFC 8446, 5.1).
    private static let handshake: UInt8 = 22

    private let linger: TimeAmount
    private var state = State.waiting

    /// - Parameter linger: how long the client may take to close the connection.
    init(linger: TimeAmount) {
        self.linger = linger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if state == .waiting {
            let bytes = unwrapInboundIn(data)
            guard let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self) else { return }
            if first == Self.handshake { state = .speaksTLS } else { refuse(context) }
        }
        if state == .speaksTLS { context.fireChannelRead(data) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if state == .refused, case .inputClosed? = event as? ChannelEvent { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // TLS beneath a refused request has nothing to say.
        guard state != .refused else { return promise?.fail(ChannelError.outputClosed) ?? () }
        context.write(data, promise: promise)
    }

    private func refuse(_ context: ChannelHandlerContext) {
        state = .refused
        let text = "This port speaks TLS: its address begins with https://.\n"
        let answer = """
            HTTP/1.1 400 Bad Request\r
            content-type: text/plain\r
            content-length: \(text.utf8.count)\r
            connection: close\r
            \r
            \(text)
            """
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: linger) { channel.close(promise: nil) }
    }
}
