public import Logging
import Synchronization

/// A bounded number of connections, lent to tasks in the order in which they ask.
///
/// Connections are opened when they are needed, up to the maximum, and kept. One that comes back broken is dropped;
/// one that comes back inside a transaction is rolled back first.
public final class PostgresPool: Sendable {
    typealias Waiter = CheckedContinuation<PoolGrant<PostgresConnection>, any Error>
    typealias State = PoolState<PostgresConnection, Waiter>

    /// Where connections are made to.
    public let configuration: PostgresConfiguration
    /// The longest wait for a connection, opening it included.
    public let acquireTimeout: Duration

    let logger: Logger
    let state: Mutex<State>
    /// Those who wait for the last connection to come back to a closed pool.
    let drained = Mutex<[CheckedContinuation<Void, Never>]>([])

    /// A pool that has no connections yet.
    /// - Parameters:
    ///   - maximumConnections: at least 1; by default 20 (`DB_MAX_CONNECTIONS`).
    ///   - acquireTimeout: by default 5 s (the specification's `DB_ACQUIRE_TIMEOUT`).
    public init(
        _ configuration: PostgresConfiguration, maximumConnections: Int = 20,
        acquireTimeout: Duration = .seconds(5), logger: Logger = Logger(label: "postgres.pool")
    ) {
        precondition(maximumConnections > 0, "a pool needs at least one connection")
        self.configuration = configuration
        self.acquireTimeout = acquireTimeout
        self.logger = logger
        state = Mutex(State(maximum: maximumConnections))
    }

    /// Lends a connection to `body`. Do not keep it beyond.
    /// - Throws: what `body` throws; `PostgresError` with code `.acquireTimeout` or `.poolClosed`, or about
    ///   connecting; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func withConnection<R>(
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        let connection = try await acquire()
        do {
            let value = try await body(connection)
            await release(connection)
            return value
        } catch {
            await release(connection)
            throw error
        }
    }

    /// Runs `body` in a transaction on a connection of the pool: see `PostgresConnection.withTransaction`.
    @discardableResult
    public nonisolated(nonsending) func withTransaction<R>(
        isolation: IsolationLevel? = nil,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await withConnection { connection in try await connection.withTransaction(isolation: isolation, body) }
    }

    /// Runs one statement and returns all its rows.
    public func query(_ query: PostgresQuery) async throws -> PostgresRows {
        try await withConnection { connection in try await connection.query(query) }
    }

    /// Runs one statement and returns the number of rows that it touched.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws -> Int {
        try await withConnection { connection in try await connection.execute(query) }
    }
}
