import Logging
import Synchronization

/// A connection to a server as an actor on the reactor's thread: it owns libpq's connection, runs one operation at a
/// time, and knows nothing of transactions or rows. Its extensions hold one kind of operation each.
actor Wire {
    /// What goes on besides short statements.
    enum Mode {
        case statements
        case copyIn
        case copyOut
        case streaming
        case listening
    }

    nonisolated let unownedExecutor: UnownedSerialExecutor
    nonisolated let serverVersion: Int
    nonisolated let backendProcessID: Int32
    nonisolated let usesTLS: Bool
    nonisolated let limits: PostgresConfiguration.Limits
    /// What the connection was in the middle of after the last operation; readable from everywhere.
    nonisolated let status = Atomic<TransactionStatus>(.idle)
    /// A statement may have left something behind that outlasts its transaction.
    nonisolated let hasTraces = Atomic<Bool>(false)
    nonisolated let domains = DomainArrays()

    /// Numbers the operations.
    nonisolated let tickets = Atomic<TurnQueue.Ticket>(0)

    let reactor: Reactor
    let logger: Logger
    /// `nil` when the connection is closed.
    private(set) var handle: ConnectionHandle?
    var statements: StatementCache
    var turns = TurnQueue()
    var mode = Mode.statements
    var stream = StreamedRows()
    /// What the row stream or COPY out that is open is wrapped in.
    var frame: TransactionFrame?
    /// The transaction or savepoint that the operation before this one began: nothing has run in it.
    var freshFrame: TransactionFrame?
    /// As `freshFrame` was when the running operation began.
    var rewindFrame: TransactionFrame?
    /// A session as another role is under way: see `admit`.
    var isConfined = false
    var state: State
    /// The socket, also after libpq has closed it because the connection broke.
    private let descriptor: Int32
    private let notices: NoticeSink
    private var interest: Readiness = .read
    private var deadline: ContinuousClock.Instant?

    typealias State = ConnectionState<CheckedContinuation<Readiness, Never>>

    init(_ handle: ConnectionHandle, reactor: Reactor, configuration: PostgresConfiguration, logger: Logger) {
        self.reactor = reactor
        self.logger = logger
        self.handle = handle
        limits = configuration.limits
        state = State(patience: configuration.limits.cancellation)
        descriptor = handle.socket
        notices = handle.notices
        unownedExecutor = reactor.asUnownedSerialExecutor()
        serverVersion = handle.serverVersion
        backendProcessID = handle.backendProcessID
        usesTLS = handle.usesTLS
        statements = StatementCache(capacity: configuration.statementCacheCapacity)
    }

    /// Begins to watch the socket. Call it once, before anything else.
    func start() throws {
        do {
            try reactor.watch(descriptor, for: .read, source: self)
        } catch {
            shut()
            throw error
        }
    }

    /// The connection, if it is open.
    func open() throws -> ConnectionHandle {
        guard let handle else {
            let reason = notices.farewell.map { ": \($0.message)" } ?? ""
            throw PostgresError(.connectionClosed, "the connection is closed\(reason)", server: notices.farewell)
        }
        return handle
    }

    /// The error when the connection broke: with the server's last words, if it had any.
    func lost(_ message: String) -> PostgresError {
        PostgresError(.connectionLost, notices.farewell?.message ?? message, server: notices.farewell)
    }

    // MARK: Waiting for the socket

    /// Waits until the socket is ready for one of `wanted`. Empty when the connection was closed meanwhile.
    func waitForSocket(_ wanted: Readiness) async -> Readiness {
        setInterest(wanted)
        return await withCheckedContinuation { perform(state.wait($0)) }
    }

    /// Does what the state machine decided.
    func perform(_ actions: State.Actions) {
        if actions.closes { release() }
        for (waiter, readiness) in actions.wake { waiter.resume(returning: readiness) }
        if actions.sendsRequest { sendCancelRequest() }
        setDeadline()
    }

    /// Has the reactor call when the state machine wants it to.
    func setDeadline() {
        guard state.deadline != deadline else { return }
        deadline = state.deadline
        reactor.setDeadline(deadline, for: self)
    }

    /// Something arrived while nobody waited: a notice, a changed setting, or the end of the connection.
    private func receiveUnasked() {
        guard let handle else { return }
        if mode == .streaming, state.running == nil {
            takeArrivedRows()
            return watchWhileIdle()
        }
        if mode != .statements || status.load(ordering: .relaxed) == .active {
            // The running operation will read it when it comes to it.
            setInterest([])
            return
        }
        let alive = handle.consumeInput()
        _ = handle.isBusy  // makes libpq look at what has arrived
        handle.discardNotifications()
        if !alive || handle.isBad {
            logger.debug("The server closed an idle PostgreSQL connection", metadata: ["pid": "\(backendProcessID)"])
            shut()
        }
    }

    /// Between operations the socket is watched for the end of the connection, or for the rows of a stream that is not
    /// too far ahead of its reader.
    func watchWhileIdle() {
        let isBad = handle?.isBad == true
        if mode == .streaming {
            // What broke a stream is told after its last row; libpq has closed the socket then.
            if !isBad { setInterest(stream.hasRoom ? .read : []) }
            return
        }
        if isBad { shut() }
        setInterest(mode == .statements ? .read : [])
    }

    private func setInterest(_ wanted: Readiness) {
        guard handle != nil, interest != wanted else { return }
        do {
            try reactor.watch(descriptor, for: wanted, source: self)
            interest = wanted
        } catch {
            logger.error("Cannot watch a PostgreSQL connection: \(error)")
            shut()
        }
    }

    // MARK: Ending

    /// Closes the connection for good, whatever goes on.
    func shut() { perform(state.shut()) }

    private func release() {
        guard let handle else { return }
        reactor.remove(descriptor, source: self)
        deadline = nil
        self.handle = nil
        mode = .statements
        stream = StreamedRows()
        (frame, freshFrame, rewindFrame) = (nil, nil, nil)
        status.store(.closed, ordering: .releasing)
        handle.finish()
    }
}

extension Wire: ReactorSource {
    nonisolated func socketReady(_ readiness: Readiness) {
        assumeIsolated { wire in
            if let actions = wire.state.ready(readiness) { wire.perform(actions) } else { wire.receiveUnasked() }
        }
    }

    nonisolated func deadlinePassed() {
        assumeIsolated { wire in
            wire.deadline = nil
            wire.perform(wire.state.deadlinePassed(now: .now))
        }
    }
}
