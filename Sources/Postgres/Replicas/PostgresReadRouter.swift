import Logging
import Synchronization

/// Sends read-only work to a replica, as long as the replica is fresh enough, and else to the primary.
///
/// It has no task of its own: a read that finds the knowledge about the replica older than a second renews it. It does
/// not close the pools.
public final class PostgresReadRouter: Sendable {
    /// Where writes go.
    public let primary: PostgresPool
    /// Where reads may go; without one they all go to the primary.
    public let replica: PostgresPool?

    private let freshness: Mutex<ReplicaFreshness>

    /// - Parameter maximumLag: how old what a read sees may be, at most; more than 1 s, which is how often it is measured.
    public init(primary: PostgresPool, replica: PostgresPool?, maximumLag: Duration = .seconds(10)) {
        self.primary = primary
        self.replica = replica
        freshness = Mutex(ReplicaFreshness(maximumLag: maximumLag))
    }

    /// Runs `body` in a read-only transaction, on the replica if that is fresh enough and takes the connection, else on
    /// the primary. `body` runs once: when a server breaks meanwhile, it fails.
    ///
    /// - Parameters:
    ///   - position: what the read must see: the primary's `logPosition()` after the writes concerned.
    ///   - role: whom to act as, as in `withSession`.
    /// - Throws: what `body` throws; what `withTransaction` throws, SQLSTATE 25006 among it for a statement that writes.
    @discardableResult
    public nonisolated(nonsending) func withReadOnlyTransaction<R>(
        after position: PostgresLSN? = nil, as role: PostgresSessionRole? = nil, isolation: IsolationLevel? = nil,
        fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        let site = CallSite(fileID: fileID, line: line)
        let (pool, lease) = try await lease(after: position, from: site)
        do {
            let frame = { level in
                try TransactionFrame(level: level, isolation: isolation, isReadOnly: true, role: role)
            }
            let value = try await lease.connection.withFrame(frame, at: site, body)
            await pool.release(lease)
            return value
        } catch {
            await pool.release(lease)
            throw error
        }
    }

    /// An upper bound for the age of what the replica shows; `nil` when it is not known.
    public var replicaLag: Duration? { freshness.withLock { $0.lag(at: .now) } }

    private nonisolated(nonsending) func lease(
        after position: PostgresLSN?, from place: CallSite
    ) async throws -> (PostgresPool, PostgresPool.State.Lease) {
        if let replica, await route(after: position, replica) == .replica {
            do {
                return (replica, try await replica.acquire(from: place))
            } catch let error as PostgresError {
                freshness.withLock { $0.checkFailed(at: .now) }
                replica.logger.warning("Reading from the primary, because the replica cannot be reached: \(error)")
            }
        }
        return (primary, try await primary.acquire(from: place))
    }

    private nonisolated(nonsending) func route(
        after position: PostgresLSN?, _ replica: PostgresPool
    ) async -> ReplicaFreshness.Route {
        let route = freshness.withLock { $0.route(after: position, now: .now) }
        guard route == .check else { return route }
        let instant = ContinuousClock.now
        do {
            let end = try await primary.logPosition()
            let replayed = try await replica.replayPosition()
            freshness.withLock { $0.checked(primary: end, replica: replayed, since: instant) }
        } catch {
            freshness.withLock { $0.checkFailed(at: .now) }
            replica.logger.debug("Cannot tell how far the replica has replayed the log: \(error)")
        }
        return freshness.withLock { $0.knownRoute(after: position, now: .now) }
    }
}

extension PostgresPool {
    /// Where the log of this server, a primary, ends now: everything that has been committed lies before it.
    public func logPosition() async throws -> PostgresLSN {
        try await position("SELECT pg_current_wal_insert_lsn()::text")
    }

    /// How far this server, a standby, has replayed the log.
    func replayPosition() async throws -> PostgresLSN { try await position("SELECT pg_last_wal_replay_lsn()::text") }

    private func position(_ query: PostgresQuery) async throws -> PostgresLSN {
        let text = try await self.query(query).decode(String.self).first
        guard let position = text.flatMap(PostgresLSN.init) else {
            throw PostgresError(.decodingFailed, "the server did not report its position in the log")
        }
        return position
    }
}
