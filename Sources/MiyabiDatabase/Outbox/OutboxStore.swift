public import Postgres

/// What remains to be relayed from PostgreSQL to DynamoDB; read and changed as `.service` only.
///
/// A trigger writes it in the transaction that changes an execution's status (docs/decisions/0020-outbox.md).
public struct OutboxStore: Sendable {
    let connection: PostgresConnection

    /// How far the relay is behind.
    public struct Status: Sendable, Hashable {
        /// Changes that are still to be relayed, the parked ones included.
        public var depth: Int
        /// Since when the oldest one that is not parked waits, in seconds by the database server's clock; 0 without one.
        public var lagSeconds: Double
        /// Changes that are parked because relaying them kept failing. The later ones of the same execution wait behind.
        public var parked: Int
    }

    /// How far the relay is behind.
    ///
    /// - Throws: `PostgresError`.
    public func status() async throws -> Status {
        let rows = try await connection.query(
            """
            SELECT count(*),
              coalesce(extract(epoch FROM clock_timestamp() - min(changed_at) FILTER (WHERE parked_at IS NULL)), 0)::float8,
              count(parked_at)
            FROM outbox.changes
            """
        ).decode((Int, Double, Int).self)
        return Status(depth: rows[0].0, lagSeconds: max(0, rows[0].1), parked: rows[0].2)
    }

    /// The parked changes, oldest first.
    ///
    /// - Parameter limit: How many at most, from 1.
    /// - Throws: `PostgresError`.
    public func parked(limit: Int = 100) async throws -> [OutboxChange] {
        try await connection.query(
            """
            SELECT \(unsafeSQL: OutboxChange.columnList) FROM outbox.changes WHERE parked_at IS NOT NULL
            ORDER BY id LIMIT \(limit)
            """
        ).map { try OutboxChange($0) }
    }

    /// Lets the relay try parked changes again.
    ///
    /// - Returns: How many.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func retry() async throws -> Int {
        try await connection.execute(
            "UPDATE outbox.changes SET parked_at = NULL, attempts = 0 WHERE parked_at IS NOT NULL")
    }

    /// The oldest change of each execution, unless it is parked: what may be relayed now.
    func next(limit: Int) async throws -> [OutboxChange] {
        try await connection.query(
            """
            SELECT \(unsafeSQL: OutboxChange.columnList) FROM outbox.changes AS change
            WHERE parked_at IS NULL AND NOT EXISTS (
              SELECT FROM outbox.changes AS earlier
              WHERE earlier.execution_id = change.execution_id AND earlier.id < change.id)
            ORDER BY id LIMIT \(limit)
            """
        ).map { try OutboxChange($0) }
    }

    func remove(_ ids: [Int64]) async throws {
        try await connection.execute("DELETE FROM outbox.changes WHERE id = ANY(\(ids)::bigint[])")
    }

    /// Writes down that relaying a change failed, and parks it after `limit` times.
    func failed(_ id: Int64, _ reason: String, parkingAfter limit: Int) async throws {
        try await connection.execute(
            """
            UPDATE outbox.changes SET attempts = attempts + 1, last_error = \(reason),
              parked_at = CASE WHEN attempts + 1 >= \(limit) THEN now() END
            WHERE id = \(id)
            """)
    }
}
