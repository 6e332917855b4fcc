internal import NIOCore
internal import NIOHTTP1

/// One connection: has its requests answered, one after the other in the order in which they came.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private let dispatcher: Dispatcher
    private let executor: EventLoopTaskExecutor
    private let limits: ConnectionLimits
    private let deadline: ConnectionDeadline
    private var assembly = RequestAssembly()
    private var ids = RequestIDs()

    /// What has to be answered and not yet is begun with.
    private var queue = CircularBuffer<Pending>(initialCapacity: 1)
    private var isAnswering = false
    /// No request is taken any more: the connection ends when all that is in the queue is answered.
    private var isEnding = false
    private var isDraining = false
    /// The client sends no more.
    private var isInputClosed = false
    /// The last response has been written.
    private var hasEnded = false
    /// The channel wants to read; it has to wait until the queue is empty.
    private var isReadHeld = false

    private enum Pending {
        case request(HTTPRequest)
        /// Something that can be answered without the engine, and after which nothing can follow.
        case refusal(HTTPResponse)
    }

    init(dispatcher: Dispatcher, limits: ConnectionLimits, channel: any Channel) {
        self.dispatcher = dispatcher
        self.limits = limits
        executor = EventLoopTaskExecutor(channel.eventLoop)
        deadline = ConnectionDeadline(channel)
        deadline.set(limits.transfer)
    }

    // MARK: - From the client

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch assembly.add(unwrapInboundIn(data)) {
        case .none:
            break
        case .expectsContinue:
            // Before the answers to earlier requests it would be taken for one of them: the client sends without it.
            guard !isAnswering else { break }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        case .request(let request):
            queue.append(.request(request))
            if !request.keepsAlive || isDraining { isEnding = true }
            answerNext(context)
        case .tooLarge:
            refuse(with: .tooLarge, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !isAnswering, !isEnding, !assembly.isIdle { deadline.set(limits.transfer) }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is IOError, is ChannelError: context.close(promise: nil)
        default: if !isEnding { refuse(with: .malformed, context) }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isEnding = true
            isInputClosed = true
            if !isAnswering, queue.isEmpty { closeAfterWrites(context) }
        case is ChannelShouldQuiesceEvent:
            // A request that has begun to come is still answered.
            isDraining = true
            guard assembly.isIdle else { break }
            isEnding = true
            if !isAnswering, queue.isEmpty { closeAfterWrites(context) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func read(context: ChannelHandlerContext) {
        // A client that sends without waiting for answers is held back.
        if queue.isEmpty || hasEnded { context.read() } else { isReadHeld = true }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline.cancel()
        queue.removeAll()
        context.fireChannelInactive()
    }

    private func refuse(with response: HTTPResponse, _ context: ChannelHandlerContext) {
        isEnding = true
        queue.append(.refusal(response))
        answerNext(context)
    }

    // MARK: - To the client

    private func answerNext(_ context: ChannelHandlerContext) {
        guard !isAnswering, context.channel.isWritable, let next = queue.popFirst() else { return }
        switch next {
        case .refusal(let response):
            write(response, .closes, context)
        case .request(let request):
            isAnswering = true
            deadline.suspend()
            let connection = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            executor.start { [dispatcher] in
                let response = await dispatcher.response(to: request)
                let (handler, context) = connection.value
                handler.isAnswering = false
                handler.write(response, handler.persistence(after: request), context)
            }
        }
    }

    private func persistence(after request: HTTPRequest) -> HTTPResponse.Persistence {
        if isEnding, queue.isEmpty { return .closes }
        return request.head.version.minor == 0 ? .announced : .usual
    }

    private func write(
        _ response: HTTPResponse, _ persistence: HTTPResponse.Persistence, _ context: ChannelHandlerContext
    ) {
        let bytes = response.encoded(persistence, ids: &ids, allocator: context.channel.allocator)
        if case .closes = persistence { return end(with: bytes, context) }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        deadline.set(context.channel.isWritable && assembly.isIdle ? limits.idle : limits.transfer)
        goOn(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { goOn(context) }
        context.fireChannelWritabilityChanged()
    }

    private func goOn(_ context: ChannelHandlerContext) {
        if queue.isEmpty {
            if isReadHeld {
                isReadHeld = false
                context.read()
            }
        } else {
            // Not within the task of the request before.
            let connection = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.execute {
                let (handler, context) = connection.value
                handler.answerNext(context)
            }
        }
    }

    /// Closes the connection when all that has been written is sent.
    private func closeAfterWrites(_ context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in channel.close(promise: nil) }
    }

    /// Writes the last response. The client may still be sending: were the connection closed in both directions now,
    /// the response might be lost.
    private func end(with bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        isEnding = true
        hasEnded = true
        deadline.set(limits.transfer)
        let connection = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in
            let (handler, context) = connection.value
            if handler.isInputClosed { return context.close(promise: nil) }
            handler.deadline.set(handler.limits.linger)
            context.close(mode: .output, promise: nil)
            handler.isReadHeld = false
            context.read()
        }
    }
}
