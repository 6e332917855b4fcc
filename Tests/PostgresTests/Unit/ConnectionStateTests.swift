import Testing

@testable import Postgres

/// The state machine of a connection, with a clock that the test turns and waiters that are numbers.
private struct ConnectionModel {
    enum Event: CaseIterable, Hashable {
        /// The operation waits for the socket.
        case wait
        /// The socket is ready: what was waited for has arrived, or nobody waited.
        case ready
        case cancel
        /// Somebody else's cancellation.
        case cancelOther
        /// The thread that asks the server has done so.
        case requestEnded
        /// Time passes up to the next deadline.
        case deadline
        /// The operation has its outcome, and ends as soon as it may.
        case end
        case shut
    }

    var state = ConnectionState<Int>(patience: .seconds(5))
    var now = ContinuousClock.now
    let isShielded: Bool
    private(set) var waiting: Int?
    private(set) var isOpen = true
    private(set) var requests = 0
    private(set) var isRequestUnderWay = false
    /// The operation has ended, or waits for a request to be able to.
    private(set) var isEnding = false
    private(set) var hasEnded = false
    private var waits = 0
    private var readinesses: [Readiness] = []

    init(isShielded: Bool, limit: Duration?) {
        self.isShielded = isShielded
        state.begin(1, isShielded: isShielded)
        if let limit { state.limit(at: now + limit) }
    }

    /// Whether the event can happen now.
    func allows(_ event: Event) -> Bool {
        switch event {
        case .wait, .end: waiting == nil && !isEnding
        case .ready: isOpen
        case .requestEnded: isRequestUnderWay
        case .deadline: state.deadline != nil
        case .cancel, .cancelOther, .shut: true
        }
    }

    mutating func happen(_ event: Event) {
        switch event {
        case .wait: wait()
        case .ready:
            let isAwaited = waiting != nil && !isEnding
            let actions = state.ready(.read)
            #expect((actions != nil) == isAwaited)
            if let actions { perform(actions) }
        case .cancel: perform(state.cancel(1, isStatement: true, now: now))
        case .cancelOther: perform(state.cancel(2, isStatement: true, now: now))
        case .requestEnded:
            isRequestUnderWay = false
            perform(state.requestEnded(now: now))
        case .deadline:
            now = state.deadline ?? now
            perform(state.deadlinePassed(now: now))
        case .end:
            isEnding = true
            endIfPossible()
        case .shut: perform(state.shut())
        }
        check(event)
    }

    private mutating func wait() {
        waits += 1
        waiting = waits
        perform(state.wait(waits))
    }

    private mutating func endIfPossible() {
        if state.mustWaitForRequest() { return wait() }
        hasEnded = true
        // A request that is under way now could meet the next statement, unless there will be none.
        #expect(!isRequestUnderWay || !isOpen)
        state.end()
    }

    private mutating func perform(_ actions: ConnectionState<Int>.Actions) {
        if actions.closes {
            #expect(isOpen)
            isOpen = false
        }
        for (waiter, readiness) in actions.wake {
            #expect(waiter == waiting)  // whoever waits, and once
            #expect(!readiness.isEmpty || !isOpen || isEnding)
            waiting = nil
            if isEnding { endIfPossible() }
        }
        if actions.sendsRequest {
            #expect(isOpen && !isRequestUnderWay && !isEnding && !hasEnded)
            isRequestUnderWay = true
            requests += 1
        }
    }

    private func check(_ event: Event) {
        #expect(isOpen == state.isOpen)
        if !isOpen { #expect(waiting == nil, "somebody waits on a closed connection after \(event)") }
        // What is to end has an end.
        if waiting != nil, state.cause != nil || isEnding { #expect(state.deadline != nil) }
        if hasEnded { #expect(state.deadline == nil && state.running == nil) }
    }
}

@Suite struct ConnectionStateTests {
    /// Every order of up to seven events.
    @Test(arguments: [true, false], [nil, Duration.seconds(1)])
    func everyInterleaving(isShielded: Bool, limit: Duration?) {
        var sequences = 0
        func explore(_ model: ConnectionModel, _ depth: Int) {
            sequences += 1
            guard depth > 0, !model.hasEnded else { return }
            for event in ConnectionModel.Event.allCases where model.allows(event) {
                var next = model
                next.happen(event)
                explore(next, depth - 1)
            }
        }
        explore(ConnectionModel(isShielded: isShielded, limit: limit), 6)
        #expect(sequences > 10_000)
    }

    /// Whatever has happened, once the operation is to end and nothing more comes from outside, it does.
    @Test(arguments: [true, false]) func timeEndsEverything(isShielded: Bool) {
        func explore(_ model: ConnectionModel, _ depth: Int) {
            var last = model
            last.happen(.cancel)
            var steps = 0
            while last.waiting != nil, steps < 100 {
                last.happen(.deadline)
                steps += 1
            }
            #expect(last.waiting == nil)
            guard depth > 0, !model.hasEnded else { return }
            for event in ConnectionModel.Event.allCases where model.allows(event) {
                var next = model
                next.happen(event)
                explore(next, depth - 1)
            }
        }
        explore(ConnectionModel(isShielded: isShielded, limit: .seconds(1)), 4)
    }

    @Test func aLostRequestIsSentAgain() {
        var model = ConnectionModel(isShielded: false, limit: nil)
        model.happen(.wait)
        model.happen(.cancel)
        #expect(model.requests == 1)
        for round in 2...5 {
            model.happen(.requestEnded)
            model.happen(.deadline)
            #expect(model.requests == round && model.isOpen)
        }
        // The server never answers the last one: the connection is given up.
        model.happen(.deadline)
        #expect(!model.isOpen && model.state.isGivenUp && model.waiting == nil)
    }

    @Test func aTimeoutAsksAndACancellationIsNotHiddenByIt() {
        var model = ConnectionModel(isShielded: false, limit: .seconds(1))
        model.happen(.wait)
        model.happen(.deadline)
        #expect(model.requests == 1 && model.state.cause == .timeout)
        model.happen(.cancel)
        #expect(model.requests == 1 && model.state.cause == .timeout)
    }

    @Test func aShieldedOperationIsNotCancelledButHurried() {
        var model = ConnectionModel(isShielded: true, limit: nil)
        model.happen(.wait)
        #expect(model.state.deadline == nil)
        model.happen(.cancel)
        #expect(model.requests == 0 && model.state.cause == nil && model.state.deadline == model.now + .seconds(5))
        model.happen(.deadline)
        #expect(!model.isOpen && model.waiting == nil)
    }

    @Test func calmKeepsTheOperationsOwnEnd() {
        var state = ConnectionState<Int>(patience: .seconds(5))
        let now = ContinuousClock.now
        state.begin(1, isShielded: true)
        state.close(at: now + .seconds(60))
        _ = state.request(.taskCancelled, now: now)
        #expect(state.deadline == now + .seconds(5))
        _ = state.requestEnded(now: now)
        let mustWait = state.mustWaitForRequest()
        #expect(!mustWait)
        state.calm()
        #expect(state.cause == nil && state.deadline == now + .seconds(60))
    }
}
