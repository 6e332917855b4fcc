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
    /// What the connection was in the middle of after the last operation; readable from everywhere.
    nonisolated let state = Atomic<ConnectionState>(.idle)
    /// A statement may have left something behind that outlasts its transaction.
    nonisolated let hasTraces = Atomic<Bool>(false)

    /// Numbers the operations.
    nonisolated let tickets = Atomic<TurnQueue.Ticket>(0)

    let reactor: Reactor
    let logger: Logger
    /// `nil` when the connection is closed.
    var handle: ConnectionHandle?
    var statements: StatementCache
    var turns = TurnQueue()
    var mode = Mode.statements
    var stream = StreamedRows()
    /// A session as another role is under way: see `admit`.
    var isConfined = false
    var cancellation = Cancellation()
    /// The socket, also after libpq has closed it because the connection broke.
    private let descriptor: Int32
    private var interest: Readiness = .read
    private var waiter: CheckedContinuation<Readiness, Never>?

    init(_ handle: ConnectionHandle, reactor: Reactor, statementCacheCapacity: Int, logger: Logger) {
        self.reactor = reactor
        self.logger = logger
        self.handle = handle
        descriptor = handle.socket
        unownedExecutor = reactor.asUnownedSerialExecutor()
        serverVersion = handle.serverVersion
        backendProcessID = handle.backendProcessID
        usesTLS = handle.usesTLS
        statements = StatementCache(capacity: statementCacheCapacity)
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
        guard let handle else { throw PostgresError(.connectionClosed, "the connection is closed") }
        return handle
    }

    // MARK: Waiting for the socket

    /// Waits until the socket is ready for one of `wanted`, or until the deadline that a cancellation has set. Empty
    /// when that has passed or the connection was shut.
    func waitForSocket(_ wanted: Readiness) async -> Readiness {
        setInterest(wanted)
        guard handle != nil else { return [] }
        return await withCheckedContinuation { waiter = $0 }
    }

    private func resumeWaiter(_ readiness: Readiness) -> Bool {
        guard let waiter else { return false }
        self.waiter = nil
        waiter.resume(returning: readiness)
        return true
    }

    /// Something arrived while nobody waited: a notice, a changed setting, or the end of the connection.
    private func receiveUnasked() {
        guard let handle else { return }
        if mode == .streaming, cancellation.running == nil {
            takeArrivedRows()
            return watchWhileIdle()
        }
        if mode != .statements || state.load(ordering: .relaxed) == .active {
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
    func shut() {
        guard let handle else { return }
        reactor.remove(descriptor, source: self)
        self.handle = nil
        mode = .statements
        stream = StreamedRows()
        state.store(.closed, ordering: .releasing)
        handle.finish()
        _ = resumeWaiter([])
        cancellation.delivered()
    }

    /// Makes whoever waits for the socket look around.
    func interrupt() { _ = resumeWaiter(.read) }

    /// The running operation has come to its limit, or the server has not ended it in time.
    private func endLate() {
        guard cancellation.isRequested else { return cancelRunning(.timeout) }
        // Without a waiter the request itself hangs; it may yet hit a later statement, so there must be none.
        if !resumeWaiter([]) { shut() }
    }
}

extension Wire: ReactorSource {
    nonisolated func socketReady(_ readiness: Readiness) {
        assumeIsolated { wire in
            if !wire.resumeWaiter(readiness) { wire.receiveUnasked() }
        }
    }

    nonisolated func deadlinePassed() {
        assumeIsolated { wire in wire.endLate() }
    }
}
