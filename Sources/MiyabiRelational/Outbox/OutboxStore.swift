public import Foundation
import Postgres

/// What remains to be relayed from PostgreSQL to DynamoDB; read and changed as `.service` only.
///
/// Triggers write it in the transaction that changes an execution's status, or records usage (docs/decisions/0020-outbox.md).
public struct OutboxStore: Sendable {
    let connection: PostgresConnection

    /// How far the relay is behind.
    public struct Status: Sendable, Hashable {
        /// Changes and usage that are still to be relayed, the parked changes included.
        public var depth: Int
        /// Since when the oldest one that is not parked waits, in seconds by the database server's clock; 0 without one.
        public var lagSeconds: Double
        /// Changes that are parked because relaying them kept failing. The later ones of the same execution wait behind.
        public var parked: Int
    }

    /// A change that is parked, as its row has it, which may be what cannot be read.
    public struct Parked: Sendable, Hashable, Identifiable {
        /// Names the change.
        public var id: UUID
        /// The execution.
        public var executionID: UUID
        /// What it has become.
        public var status: String
        /// How often relaying it has failed.
        public var attempts: Int
        /// Why it failed the last time.
        public var lastError: String?
    }

    /// How far the relay is behind. Counts every change: 0.1 s for 300,000 of them.
    ///
    /// - Throws: `PostgresError`.
    public func status() async throws -> Status {
        let rows = try await connection.query(
            """
            SELECT count(*),
              coalesce(extract(epoch FROM clock_timestamp() - min(since) FILTER (WHERE parked_at IS NULL)), 0)::float8,
              count(parked_at)
            FROM (
              SELECT changed_at, parked_at FROM outbox.changes UNION ALL SELECT noted_at, NULL FROM outbox.usage
            ) AS waiting (since, parked_at)
            """
        ).decode((Int, Double, Int).self)
        return Status(depth: rows[0].0, lagSeconds: max(0, rows[0].1), parked: rows[0].2)
    }

    /// The parked changes, oldest first.
    ///
    /// - Parameter limit: How many at most, from 1.
    /// - Throws: `PostgresError`.
    public func parked(limit: Int = 100) async throws -> [Parked] {
        try await connection.query(
            """
            SELECT change_id, execution_id, status, attempts, last_error FROM outbox.changes
            WHERE parked_at IS NOT NULL ORDER BY id LIMIT \(limit)
            """
        ).decode((UUID, UUID, String, Int, String?).self).map {
            Parked(id: $0.0, executionID: $0.1, status: $0.2, attempts: $0.3, lastError: $0.4)
        }
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

    /// A row of the table, which may be none that this version can read.
    package struct Row: Sendable {
        package let number: Int64
        package let id: UUID
        package let change: Result<OutboxChange, any Error>
    }

    /// The oldest change of each execution, unless it is parked: what may be relayed now.
    package func next(limit: Int) async throws -> [Row] {
        try await connection.query(
            """
            SELECT \(unsafeSQL: OutboxChange.columnList) FROM outbox.changes AS change
            WHERE parked_at IS NULL AND NOT EXISTS (
              SELECT FROM outbox.changes AS earlier
              WHERE earlier.execution_id = change.execution_id AND earlier.id < change.id)
            ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            Row(
                number: try row.decode("id"), id: try row.decode("change_id"),
                change: Result { try OutboxChange(row) })
        }
    }

    /// Removes what was relayed.
    package func remove(_ rows: [Row]) async throws {
        try await remove(rows.map(\.number), rows.map(\.id), from: "outbox.changes", named: "change_id")
    }

    /// Removes usage that was relayed.
    package func remove(_ usage: [OutboxUsage]) async throws {
        try await remove(usage.map(\.number), usage.map(\.id), from: "outbox.usage", named: "event_id")
    }

    /// The number finds the row and the name tells that it is the same: on a server that was promoted meanwhile the
    /// number can be another row's.
    private func remove(
        _ numbers: [Int64], _ names: [UUID], from table: String, named column: String
    ) async throws {
        guard !numbers.isEmpty else { return }
        try await connection.execute(
            """
            DELETE FROM \(unsafeSQL: table) AS entry
            USING unnest(\(numbers)::bigint[], \(names)::uuid[]) AS relayed (number, name)
            WHERE entry.id = relayed.number AND entry.\(unsafeSQL: column) = relayed.name
            """)
    }

    /// Writes down why changes could not be relayed, and parks those that have failed `limit` times.
    package func failed(_ faults: [(row: Row, reason: String)], parkingAfter limit: Int) async throws {
        guard !faults.isEmpty else { return }
        // A text of PostgreSQL holds no U+0000.
        let reasons = faults.map { String($0.reason.prefix(1024)).replacing("\0", with: "") }
        try await connection.execute(
            """
            UPDATE outbox.changes AS change SET attempts = attempts + 1, last_error = fault.reason,
              parked_at = CASE WHEN attempts + 1 >= \(limit) THEN now() END
            FROM unnest(\(faults.map(\.row.number))::bigint[], \(faults.map(\.row.id))::uuid[], \(reasons)::text[])
              AS fault (number, name, reason)
            WHERE change.id = fault.number AND change.change_id = fault.name
            """)
    }
}
