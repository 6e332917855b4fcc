public import Logging
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
