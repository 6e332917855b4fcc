internal import DynamoDBEngine
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// One connection: tells ``ConnectionStateMachine`` what happens on the channel, and does what it says.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Told to a connection that is to be closed if it is idle.
    struct RoomIsNeeded: Sendable {}

    private let dispatcher: Dispatcher
    private let peer: Peer
    private let figures: LoopFigures
    private let eventLoop: any EventLoop
    private let memory: ServerMemory
    private let connections: ConnectionRegistry
    private let activity: ConnectionActivity
    private let executor: EventLoopTaskExecutor
    private let deadline: ConnectionDeadline
    private var machine: ConnectionStateMachine
    private var ids = RequestIDs()
    private var date = HTTPDate()
    /// Nil when the channel is gone: an answer may still be in the making, and its memory in use.
    private var context: ChannelHandlerContext?

    private var isPerforming = false
    /// A task of ours is running right now: another cannot be begun within it.
    private var isWithinTask = false
    /// The place in the queue for memory.
    private var reservation: (budget: ByteBudget, ticket: ByteBudget.Ticket)?

    init(
        dispatcher: Dispatcher, figures: LoopFigures, limits: ServerLimits, memory: ServerMemory,
        connections: ConnectionRegistry, activity: ConnectionActivity, channel: any Channel, isEncrypted: Bool
    ) {
        self.dispatcher = dispatcher
        peer = Peer(address: channel.remoteAddress, isEncrypted: isEncrypted)
        self.figures = figures
        self.memory = memory
        self.connections = connections
        self.activity = activity
        eventLoop = channel.eventLoop
        executor = EventLoopTaskExecutor(eventLoop)
        deadline = ConnectionDeadline(eventLoop)
        machine = ConnectionStateMachine(
            limits: limits, now: .now(), judge: { head in dispatcher.judge(head, figures) })
    }

    // MARK: - From the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        deadline.whenPassed { [unowned self] now in
            machine.deadlinePassed(now: now)
            perform(now)
        }
        perform(.now())
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline.cancel()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = NIODeadline.now()
        machine.received(unwrapInboundIn(data), now: now)
        perform(now)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        machine.readCompleted(now: now)
        perform(now)
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is IOError, is ChannelError: context.close(promise: nil)
        // The end without TLS's own goodbye. It is told as the end of the input, too.
        case NIOSSLError.uncleanShutdown: break
        case is NIOSSLError, is BoringSSLError, is NIOSSLCloseTimedOutError: context.close(promise: nil)
        default:
            let now = NIODeadline.now()
            machine.receivedNonsense(now: now)
            perform(now)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let now = NIODeadline.now()
        switch event {
        case ChannelEvent.inputClosed: machine.inputClosed(now: now)
        case is ChannelShouldQuiesceEvent: machine.drain(now: now)
        case is RoomIsNeeded: machine.makeRoom()
        default: return context.fireUserInboundEventTriggered(event)
        }
        perform(now)
    }

    func read(context: ChannelHandlerContext) {
        machine.readRequested()
        if !isPerforming { perform(.now()) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        machine.becameInactive()
        perform(.now())
        context.fireChannelInactive()
    }

    // MARK: - What the machine says

    /// - Parameter now: when what happened has happened.
    private func perform(_ now: NIODeadline) {
        // What an action causes at once is done after it.
        guard !isPerforming else { return }
        isPerforming = true
        while let action = machine.nextAction() { perform(action, now) }
        isPerforming = false
        deadline.set(machine.deadline)
        if !machine.isClosed, activity.tell(isIdle: machine.isIdle, now: now) { connections.oneBecameIdle() }
    }

    private func perform(_ action: ConnectionStateMachine.Action, _ now: NIODeadline) {
        switch action {
        case .reserve(let bytes, let share): reserve(bytes, memory[share], now)
        case .cancelReservation:
            // Granted meanwhile: then it is given back on arrival.
            if let (budget, ticket) = reservation.take() { _ = budget.cancel(ticket) }
        case .giveBack(let bytes, let share): memory[share].giveBack(bytes)
        case .takeAnyhow(let bytes, let share): memory[share].takeAnyhow(bytes)
        case .answer:
            let (request, admission) = machine.takeRequest()
            answer(request, admission, since: now)
        case .sendContinue:
            let bytes = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
            context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        case .write(let persistence): write(machine.takeResponse(), persistence)
        case .read: context?.read()
        case .closeOutput: context?.close(mode: .output, promise: nil)
        case .close: context?.close(promise: nil)
        }
    }

    private func reserve(_ bytes: Int, _ budget: ByteBudget, _ now: NIODeadline) {
        if budget.take(bytes) { return machine.memoryGranted(now: now) }
        let handler = NIOLoopBound(self, eventLoop: eventLoop)
        let ticket = budget.wait(for: bytes) { [eventLoop] ticket in
            eventLoop.execute { handler.value.memoryArrived(ticket, bytes, budget) }
        }
        reservation = (budget, ticket)
    }

    private func memoryArrived(_ ticket: ByteBudget.Ticket, _ bytes: Int, _ budget: ByteBudget) {
        guard reservation?.ticket == ticket, reservation?.budget === budget else { return budget.giveBack(bytes) }
        reservation = nil
        let now = NIODeadline.now()
        machine.memoryGranted(now: now)
        perform(now)
    }

    private func answer(_ request: HTTPRequest, _ admission: Dispatcher.Admission, since begin: NIODeadline) {
        let handler = NIOLoopBound(self, eventLoop: eventLoop)
        if request.takesLong {
            Task(executorPreference: LongWorkExecutor.shared) { [dispatcher, eventLoop, peer] in
                let response = await dispatcher.response(to: request, admission, from: peer)
                eventLoop.execute { handler.value.answered(response, to: admission, since: begin) }
            }
        } else if isWithinTask {
            eventLoop.execute { handler.value.start(request, admission, handler, since: begin) }
        } else {
            start(request, admission, handler, since: begin)
        }
    }

    private func start(
        _ request: HTTPRequest, _ admission: Dispatcher.Admission, _ handler: NIOLoopBound<HTTPConnection>,
        since begin: NIODeadline
    ) {
        executor.start { [dispatcher, peer] in
            let response = await dispatcher.response(to: request, admission, from: peer)
            let connection = handler.value
            connection.isWithinTask = true
            connection.answered(response, to: admission, since: begin)
            connection.isWithinTask = false
        }
    }

    private func answered(_ response: HTTPResponse, to admission: Dispatcher.Admission, since begin: NIODeadline) {
        let now = NIODeadline.now()
        figures.count(
            admission.operation, admission.notes,
            microseconds: UInt64(max(0, (now - begin).nanoseconds)) / 1000)
        machine.answered(response, now: now)
        perform(now)
    }

    private func write(_ response: HTTPResponse, _ persistence: HTTPResponse.Persistence) {
        guard let context else { return }
        let bytes = response.encoded(
            persistence, ids: &ids, date: date.text(secondsSince1970: Int(dispatcher.clock.seconds)),
            allocator: context.channel.allocator)
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { [self] _ in
            // If it failed, the channel closes, and the machine is told so.
            let now = NIODeadline.now()
            machine.writeCompleted(now: now)
            perform(now)
        }
    }
}

extension HTTPRequest {
    /// Whether to read it takes longer than others shall wait.
    fileprivate var takesLong: Bool {
        body.readableBytes > Weight.ofLongWork || headers.contains(name: "content-encoding")
    }
}

extension ServerMemory {
    fileprivate subscript(share: ConnectionStateMachine.Share) -> ByteBudget {
        switch share {
        case .requests: requests
        case .responses: responses
        }
    }
}
