internal import NIOCore
internal import NIOHTTP1

/// Collects a request, has it answered and writes the answer. One request at a time: the pipeline sees to that.
final class HTTPRequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// AWS's limit of one request.
    static let bodyLimit = 16 << 20
    /// Bytes of a request beyond the limit that are read and thrown away.
    static let discardLimit = 64 << 20

    private enum State {
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The request is too large. Its rest is thrown away, so that the client reads the answer instead of failing to
        /// send; but not without end.
        case refusing(discarded: Int)
    }

    private let dispatcher: Dispatcher
    private let executor: EventLoopTaskExecutor
    private var state = State.idle

    init(dispatcher: Dispatcher, executor: EventLoopTaskExecutor) {
        self.dispatcher = dispatcher
        self.executor = executor
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), _):
            let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            guard announced <= HTTPRequestHandler.bodyLimit else { return state = .refusing(discarded: 0) }
            if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
                let proceed = HTTPResponseHead(version: head.version, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(proceed)), promise: nil)
            }
            state = .receiving(head, context.channel.allocator.buffer(capacity: announced))
        case (.body(var part), .receiving(let head, var body)):
            // Sole owner of the buffer, so that it is appended to in place.
            state = .idle
            body.writeBuffer(&part)
            guard body.readableBytes <= HTTPRequestHandler.bodyLimit else { return state = .refusing(discarded: 0) }
            state = .receiving(head, body)
        case (.end, .receiving(let head, let body)):
            state = .idle
            answer(HTTPRequest(head: head, body: body), context)
        case (.body(let part), .refusing(let discarded)):
            state = .refusing(discarded: discarded + part.readableBytes)
            if discarded > HTTPRequestHandler.discardLimit { context.close(promise: nil) }
        case (.end, .refusing):
            state = .idle
            HTTPRequestHandler.write(.tooLarge, to: context.channel, keepAlive: false)
        case (.body, .idle), (.end, .idle):
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The error handler before this one has answered what could be answered.
        context.close(promise: nil)
    }

    private func answer(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        let channel = context.channel
        let dispatcher = dispatcher
        Task(executorPreference: executor) {
            let response = await dispatcher.response(to: request)
            channel.eventLoop.execute {
                HTTPRequestHandler.write(response, to: channel, keepAlive: request.keepsAlive)
            }
        }
    }

    private static func write(_ response: HTTPResponse, to channel: any Channel, keepAlive: Bool) {
        var head = response.head
        if !keepAlive { head.headers.add(name: "connection", value: "close") }
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: response.body))), promise: nil)
        let written = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        if !keepAlive { written.whenComplete { _ in channel.close(promise: nil) } }
    }
}
