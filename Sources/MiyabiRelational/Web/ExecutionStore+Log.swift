public import Foundation
public import Postgres

/// A line that an agent printed: a row of `execution_logs`.
public struct ExecutionLogLine: Sendable, Hashable, Identifiable {
    /// Grows in the order in which lines were written.
    public var id: Int64
    /// How grave it is.
    public var level: Level
    /// The line.
    public var message: String
    /// What belongs to it.
    public var data: PostgresJSON?
    /// When it was stored.
    public var createdAt: Date

    /// How grave a line is.
    public enum Level: String, PostgresEnum, CaseIterable {
        /// For who looks for faults.
        case debug
        /// For everyone.
        case info
        /// Something is odd.
        case warn
        /// Something went wrong.
        case error
    }

    /// A line to be written.
    public struct New: Sendable, Hashable {
        /// How grave it is.
        public var level: Level
        /// The line.
        public var message: String
        /// What belongs to it.
        public var data: PostgresJSON?

        /// A line to be written.
        public init(_ level: Level, _ message: String, data: PostgresJSON? = nil) {
            self.level = level
            self.message = message
            self.data = data
        }
    }
}

extension ExecutionLogLine: KeysetRow {
    static let table = "execution_logs"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = ["id", "level", "message", "data", "created_at"]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        level = try row.decode("level")
        message = try row.decode("message")
        data = try row.decode("data")
        createdAt = try row.decode("created_at")
    }
}

extension ExecutionStore {
    /// Adds lines to a run's log, in their order, in one statement however many they are.
    ///
    /// - Throws: `PostgresError`, also when there is no such run.
    public func log(_ lines: [ExecutionLogLine.New], of id: UUID) async throws {
        try await connection.execute(
            """
            INSERT INTO execution_logs (execution_id, level, message, data)
            SELECT \(id), level, message, data::jsonb FROM unnest(\(lines.map(\.level.rawValue))::text[],
              \(lines.map(\.message))::text[], \(lines.map(\.data?.text))::text[])
              WITH ORDINALITY AS line (level, message, data, number) ORDER BY number
            """)
    }

    /// The lines of a run, oldest first.
    ///
    /// - Parameters:
    ///   - id: The run.
    ///   - cursor: Where the page before ended.
    ///   - limit: Lines a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func lines(
        of id: UUID, after cursor: PageCursor? = nil, limit: Int = 200
    ) async throws -> Page<ExecutionLogLine> {
        var listing = Listing<ExecutionLogLine>(descending: false, limit: limit)
        listing.require("execution_id", id)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
