/// What becomes of a connection's operation, as a pure state machine between `Wire` and libpq, without I/O or clocks:
/// every call says what has happened and when, and returns what is to be done.
///
/// One operation runs at a time. Its task, the reactor, the thread that asks the server to cancel, and whoever shuts the
/// connection act in any order. Whatever that order is: who waits is woken once, nobody waits beyond a deadline once the
/// operation is to end, and no cancel request is under way when the next operation begins.
struct ConnectionState<Waiter> {
    typealias Instant = ContinuousClock.Instant
    typealias Ticket = TurnQueue.Ticket

    /// Why an operation is to end before its time.
    enum Cause {
        case taskCancelled
        case timeout
    }

    struct Actions {
        /// Who goes on, and with what the socket is ready for. Nothing: the connection is closed.
        var wake: [(waiter: Waiter, readiness: Readiness)] = []
        /// Ask the server to cancel what runs; report with `requestEnded`.
        var sendsRequest = false
        /// Close the connection.
        var closes = false
    }

    private struct Operation {
        let ticket: Ticket
        /// It runs to its end even in a cancelled task.
        let isShielded: Bool
        var cause: Cause?
        /// When the server is asked to end it, if it has not ended by itself.
        var limit: Instant?
        /// When the connection is closed, if the operation has not ended.
        var closesAt: Instant?
        /// The same, for what is to end.
        var patienceEndsAt: Instant?
        /// When the server is asked again: a request that comes before its statement is lost.
        var asksAgainAt: Instant?
        /// It has its outcome, and only waits for a request that is under way.
        var isEnding = false
    }

    /// How long after a request the server is asked again.
    static var retryInterval: Duration { .milliseconds(200) }

    /// How long the server may take to end what is to end.
    private let patience: Duration
    private(set) var isOpen = true
    /// The connection was closed because the server did not answer in time.
    private(set) var isGivenUp = false
    private var operation: Operation?
    private var isRequestUnderWay = false
    /// Waits for the socket, or for the request that is under way.
    private var waiter: Waiter?

    init(patience: Duration) { self.patience = patience }

    /// The running operation.
    var running: Ticket? { operation?.ticket }

    /// Why the running operation is to end; `nil` while it is not.
    var cause: Cause? { operation?.cause }

    /// When `deadlinePassed` is to be called.
    var deadline: Instant? {
        guard isOpen, let operation else { return nil }
        let limit = operation.cause == nil ? operation.limit : nil
        return [limit, operation.closesAt, operation.patienceEndsAt, operation.asksAgainAt].compactMap(\.self).min()
    }

    // MARK: The operation

    mutating func begin(_ ticket: Ticket, isShielded: Bool) {
        operation = Operation(ticket: ticket, isShielded: isShielded)
    }

    /// The server is asked to end the running operation at `instant`.
    mutating func limit(at instant: Instant) { operation?.limit = instant }

    /// The connection is closed at `instant`, if the running operation has not ended by then.
    mutating func close(at instant: Instant) {
        guard let operation else { return }
        self.operation?.closesAt = min(operation.closesAt ?? instant, instant)
    }

    /// The operation has its outcome. As long as this is `true`, it must `wait`: a request could meet the next statement.
    mutating func mustWaitForRequest() -> Bool {
        operation?.isEnding = true
        operation?.asksAgainAt = nil
        return isOpen && isRequestUnderWay
    }

    /// What the operation was asked has been answered; it goes on, with new statements.
    mutating func calm() {
        guard let running = operation else { return }
        begin(running.ticket, isShielded: running.isShielded)
        operation?.closesAt = running.closesAt
    }

    mutating func end() { operation = nil }

    // MARK: Events

    /// The operation waits for the socket.
    mutating func wait(_ waiter: Waiter) -> Actions {
        guard isOpen else { return Actions(wake: [(waiter, [])]) }
        self.waiter = waiter
        return Actions()
    }

    /// The socket is ready. `nil`: nobody waits for it.
    mutating func ready(_ readiness: Readiness) -> Actions? {
        guard let waiter, operation?.isEnding != true else { return nil }
        self.waiter = nil
        return Actions(wake: [(waiter, readiness)])
    }

    /// The task of an operation was cancelled. One that runs to its end in any case gets little time for it.
    /// - Parameter isStatement: something runs on the server; else the operation only has to look around.
    mutating func cancel(_ ticket: Ticket, isStatement: Bool, now: Instant) -> Actions {
        guard isOpen, let operation, operation.ticket == ticket else { return Actions() }
        guard operation.isShielded else { return request(.taskCancelled, isStatement: isStatement, now: now) }
        close(at: now + patience)
        return Actions()
    }

    /// The running operation is to end.
    mutating func request(_ cause: Cause, isStatement: Bool = true, now: Instant) -> Actions {
        guard isOpen, let operation, operation.cause == nil, !operation.isEnding else { return Actions() }
        let end = now + patience
        self.operation?.cause = cause
        self.operation?.patienceEndsAt = end
        guard isStatement else { return ready(.read) ?? Actions() }
        isRequestUnderWay = true
        return Actions(sendsRequest: true)
    }

    /// The server has been asked, or could not be.
    mutating func requestEnded(now: Instant) -> Actions {
        isRequestUnderWay = false
        guard isOpen, let operation else { return Actions() }
        guard operation.isEnding else {
            self.operation?.asksAgainAt = now + Self.retryInterval
            return Actions()
        }
        defer { waiter = nil }
        return Actions(wake: wakeups([]))
    }

    mutating func deadlinePassed(now: Instant) -> Actions {
        guard isOpen, let operation else { return Actions() }
        if [operation.closesAt, operation.patienceEndsAt].contains(where: { $0.map { $0 <= now } ?? false }) {
            isGivenUp = true
            return shut()
        }
        if operation.cause == nil, let instant = operation.limit, instant <= now { return request(.timeout, now: now) }
        guard let instant = operation.asksAgainAt, instant <= now else { return Actions() }
        self.operation?.asksAgainAt = nil
        isRequestUnderWay = true
        return Actions(sendsRequest: true)
    }

    /// The connection is closed, whatever goes on.
    mutating func shut() -> Actions {
        guard isOpen else { return Actions() }
        isOpen = false
        defer { waiter = nil }
        return Actions(wake: wakeups([]), closes: true)
    }

    private func wakeups(_ readiness: Readiness) -> [(waiter: Waiter, readiness: Readiness)] {
        waiter.map { [($0, readiness)] } ?? []
    }
}
