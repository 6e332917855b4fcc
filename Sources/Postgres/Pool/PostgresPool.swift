public import Logging
public import ServiceLifecycle
import Synchronization

/// A bounded number of connections, lent to tasks in the order in which they ask.
///
/// The pool needs no starting. It opens connections when they are needed, up to the maximum, keeps the minimum open once
/// it has been used, and closes those that are broken, too old or unused for too long. What a user leaves behind on a
/// connection (an open transaction, changed settings) is undone before the next one gets it.
///
/// While the server takes no connections, tasks wait, each up to `acquireTimeout`, and the pool tries one connection at
/// a time, at growing intervals. Where trying again cannot help, as with a wrong password, they fail at once.
public final class PostgresPool: Sendable {
    typealias Waiter = CheckedContinuation<PoolLease<PostgresConnection>, any Error>
    typealias State = PoolState<PostgresConnection, Waiter>

    /// The thread on which connections run, for tasks that do little else than query.
    ///
    /// A query switches threads twice: from its task to this one and back. A task that prefers this executor is there
    /// already, which makes a third more of short queries:
    /// `group.addTask(executorPreference: PostgresPool.executor) { … }`. All connections of the process share the thread,
    /// so a task that blocks it, or computes for long, holds up every other query.
    ///
    /// `nil` if the system has no thread to give; then the task runs where it would have anyway.
    public static var executor: (any TaskExecutor)? { try? Reactor.shared.get() }

    /// How the pool keeps its connections, and where they are made to.
    public let configuration: PostgresPoolConfiguration

    let logger: Logger
    let metrics: PoolMetrics
    let state: Mutex<State>
    let background = BackgroundTasks()
    /// Those who wait for the last connection to come back to a closed pool.
    let drained = Mutex<[CheckedContinuation<Void, Never>]>([])

    /// A pool that has no connections yet.
    ///
    /// The configuration's numbers must lie in the ranges that it documents.
    public init(_ configuration: PostgresPoolConfiguration, logger: Logger = Logger(label: "postgres.pool")) {
        precondition(configuration.maximumConnections > 0, "a pool needs at least one connection")
        precondition(
            (0...configuration.maximumConnections).contains(configuration.minimumConnections),
            "a pool's minimum lies between 0 and its maximum")
        self.configuration = configuration
        self.logger = logger
        metrics = PoolMetrics(configuration)
        state = Mutex(State(configuration) { Double.random(in: 0...1) })
    }

    /// Lends a connection to `body`. Do not keep it beyond.
    /// - Throws: what `body` throws; `PostgresError` with code `.acquireTimeout` or `.poolClosed`, or about
    ///   connecting; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func withConnection<R>(
        fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        let site = CallSite(fileID: fileID, line: line)
        return try await PostgresError.locating(site) {
            let lease = try await acquire(from: site)
            do {
                let value = try await body(lease.connection)
                await release(lease)
                return value
            } catch {
                await release(lease)
                throw error
            }
        }
    }

    /// Runs one statement and returns all its rows: see `PostgresConnection.query(_:timeout:)`. Waiting for a connection
    /// does not count.
    public func query(
        _ query: PostgresQuery, timeout: Duration? = nil, fileID: String = #fileID, line: Int = #line
    ) async throws -> PostgresRows {
        try await withConnection(fileID: fileID, line: line) { connection in
            try await connection.query(query, timeout: timeout, fileID: fileID, line: line)
        }
    }

    /// Runs one statement and returns the number of rows that it touched: see `query(_:timeout:)`.
    @discardableResult
    public func execute(
        _ query: PostgresQuery, timeout: Duration? = nil, fileID: String = #fileID, line: Int = #line
    ) async throws -> Int {
        try await withConnection(fileID: fileID, line: line) { connection in
            try await connection.execute(query, timeout: timeout, fileID: fileID, line: line)
        }
    }

    /// What the pool consists of now.
    public var statistics: PoolStatistics { state.withLock { $0.statistics } }
}

extension PostgresPool {
    /// A connection for the caller, who must `release` it.
    nonisolated(nonsending) func acquire(from place: CallSite) async throws -> State.Lease {
        try Task.checkCancellation()
        let request = state.withLock { $0.request(from: place, now: .now) }
        while true {
            let lease = try await lease(request)
            guard lease.mustTest else { return lease }
            if await lease.connection.answers(by: min(request.deadline, .now + Self.testLimit)) { return lease }
            logger.debug(
                "Closed a PostgreSQL connection that did not answer",
                metadata: ["pid": "\(lease.connection.backendProcessID)"])
            await release(lease)
            try Task.checkCancellation()
        }
    }

    /// Takes a connection back, in order or not.
    nonisolated(nonsending) func release(_ lease: State.Lease) async {
        await lease.connection.reset()
        let now = ContinuousClock.now
        metrics.used(for: now - lease.since)
        await perform(state.withLock { $0.release(lease.slot, now: now) })
    }

    /// How long a connection may take to show that it is alive. A server that is merely busy answers much sooner, and a
    /// new connection costs less than this.
    private static var testLimit: Duration { .seconds(2) }

    private nonisolated(nonsending) func lease(_ request: PoolRequest) async throws -> State.Lease {
        switch state.withLock({ $0.acquire(request, now: .now) }) {
        case .lent(let lease):
            metrics.waited(for: .zero)
            return lease
        case .closed: throw PostgresError.poolClosed
        case .waiting: break
        }
        let lease = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let (acquisition, actions) = state.withLock { $0.acquire(request, orWait: waiter, now: .now) }
                switch acquisition {
                case .lent(let lease): waiter.resume(returning: lease)
                case .closed: waiter.resume(throwing: PostgresError.poolClosed)
                case .waiting: if Task.isCancelled { giveUp(request) }
                }
                begin(actions)
            }
        } onCancel: {
            giveUp(request)
        }
        metrics.waited(for: lease.since - request.since)
        return lease
    }

    private func giveUp(_ request: PoolRequest) {
        state.withLock { $0.giveUp(request.ticket) }?.resume(throwing: CancellationError())
    }
}

extension PostgresConnection: PooledConnection {
    /// Whether the server answers in time. If it does not, or in a cancelled task, which waits no longer, the connection is
    /// closed.
    func answers(by deadline: ContinuousClock.Instant) async -> Bool {
        await withTaskCancellationHandler {
            await wire.probe(by: deadline)
        } onCancel: {
            Task { await wire.shut() }
        }
        return !isClosed
    }
}

extension PostgresPool {
    /// Runs `body` in a transaction on a connection of the pool: see `PostgresConnection.withTransaction`.
    ///
    /// - Parameters:
    ///   - isolation: the isolation level; `nil` is the session's default.
    ///   - attempts: how often the transaction may run at the most. One that the server ends because of others, by a
    ///     serialization failure or a deadlock, or because a prepared statement is out of date, is run again after a short wait that grows and is never the same for two.
    ///     `body` must then have no effect outside of the transaction that it cannot have twice.
    @discardableResult
    public nonisolated(nonsending) func withTransaction<R>(
        isolation: IsolationLevel? = nil, attempts: Int = 1, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        var attempt = 1
        while true {
            do {
                return try await withConnection(fileID: fileID, line: line) { connection in
                    try await connection.withTransaction(isolation: isolation, fileID: fileID, line: line, body)
                }
            } catch let error as PostgresError where error.isWorthAnotherTransaction && attempt < attempts {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...(5 << min(attempt, 7)))))
                attempt += 1
            }
        }
    }
}

extension PostgresError {
    /// Nothing is wrong with the transaction but that others ran beside it, or that one of its statements had been prepared
    /// for what is no longer there, which is forgotten now.
    fileprivate var isWorthAnotherTransaction: Bool {
        sqlState == PostgresSQLState.serializationFailure || sqlState == PostgresSQLState.deadlockDetected
            || isLostStatement || isOfAStalePlan
    }
}

extension PostgresPool {
    /// Runs `body` in a transaction as another role: see `PostgresConnection.withSession`.
    @discardableResult
    public nonisolated(nonsending) func withSession<R>(
        as role: PostgresSessionRole, isolation: IsolationLevel? = nil, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await withConnection(fileID: fileID, line: line) { connection in
            try await connection.withSession(as: role, isolation: isolation, fileID: fileID, line: line, body)
        }
    }
}

extension PostgresPool: Service {
    /// Keeps the pool open until the service group shuts down, then drains it as `close` does. The pool works without,
    /// too; run it as a service behind those that use it, so that it is closed after them.
    public func run() async throws {
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // Closing below is then immediate.
        }
        await close()
    }

    /// Refuses new work, lets connections in use come back, and returns when all are closed. Closing twice does no harm.
    /// In a cancelled task it waits for nobody: connections in use are closed at once.
    public func close() async {
        let actions = state.withLock { $0.close(now: .now) }
        begin(actions)
        await background.stop()
        await perform(state.withLock { $0.abandonOpenings(now: .now) })
        for connection in actions.close { await connection.close() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                drained.withLock { $0.append(continuation) }
                if state.withLock({ $0.occupied == 0 }) { resumeDrained() }
            }
        } onCancel: {
            let lent = state.withLock { $0.lent }
            Task { for connection in lent { await connection.wire.shut() } }
        }
    }

    func resumeDrained() {
        let continuations = drained.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        for continuation in continuations { continuation.resume() }
    }
}
