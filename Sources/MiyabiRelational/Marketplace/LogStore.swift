public import Foundation
public import Postgres

/// Something that Miyabi's services did: a row of `logs`.
public struct LogEntry: Sendable, Hashable, Identifiable {
    /// The row's id: made once by whoever writes it, so that writing again adds no second one.
    public var id: UUID
    /// How grave it is.
    public var level: Level
    /// What happened. Admins read it: it holds no secret.
    public var message: String
    /// What belongs to it; no secret either.
    public var data: PostgresJSON?
    /// When it happened, to the microsecond.
    public var createdAt: Date

    /// How grave an entry is.
    public enum Level: String, PostgresEnum, CaseIterable {
        /// For everyone.
        case info
        /// Something is odd.
        case warn
        /// Something went wrong.
        case error
    }

    /// Something that happened.
    public init(
        _ level: Level, _ message: String, data: PostgresJSON? = nil, id: UUID = UUID(), createdAt: Date = Date()
    ) {
        self.id = id
        self.level = level
        self.message = message
        self.data = data
        self.createdAt = createdAt
    }
}

extension LogEntry: KeysetRow {
    static let table = "logs"
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

/// Rows of `logs`: `.service` writes and removes them, admins read them.
public struct LogStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Adds an entry. One whose id is there is left as it is.
    ///
    /// - Returns: Whether it is new.
    /// - Throws: `PostgresError`, also when its data is no JSON.
    @discardableResult
    public func append(_ entry: LogEntry) async throws -> Bool { try await append([entry])[0].isNew }

    /// Adds entries, in one statement however many they are. One whose id is there is left as it is.
    ///
    /// - Returns: What became of each, in the order of `entries`.
    /// - Throws: `PostgresError`.
    public func append(_ entries: [LogEntry]) async throws -> [InsertedRow] {
        try await BulkInsert<LogEntry>(connection: connection) { new in
            let inserted = try await connection.query(
                """
                INSERT INTO logs (id, level, message, data, created_at)
                SELECT id, level, message, data::jsonb, created_at
                FROM unnest(\(new.map(\.id))::uuid[], \(new.map(\.level.rawValue))::text[],
                  \(new.map(\.message))::text[], \(new.map(\.data?.text))::text[],
                  \(new.map(\.createdAt))::timestamptz[]) AS entry (id, level, message, data, created_at)
                ON CONFLICT (id) DO NOTHING RETURNING id
                """)
            return InsertedRow.each(of: new.map(\.id), inserted: try inserted.decode(UUID.self))
        }.run(entries, inOrderOf: \.id.uuidString)
    }

    /// Which entries to list: those that agree with everything that is set.
    public struct Filter: Sendable, Hashable {
        /// How grave.
        public var level: LogEntry.Level?
        /// When they happened.
        public var period: Range<Date>?

        /// Which entries to list.
        public init(level: LogEntry.Level? = nil, period: Range<Date>? = nil) {
            self.level = level
            self.period = period
        }
    }

    /// Entries, newest first.
    ///
    /// - Parameters:
    ///   - filter: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ filter: Filter = Filter(), after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<LogEntry> {
        var listing = Listing<LogEntry>(limit: limit)
        listing.require("level", filter.level?.rawValue)
        listing.require("created_at", in: filter.period)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }

    /// Removes the oldest entries. Until it removes less than it may there are more: a transaction for each call keeps
    /// them short.
    ///
    /// - Parameters:
    ///   - time: Entries from this time on stay.
    ///   - limit: How many to remove at most, from 1.
    /// - Returns: How many are gone.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func expire(before time: Date, limit: Int = 10_000) async throws -> Int {
        try await connection.execute(
            """
            WITH oldest AS MATERIALIZED (
              SELECT id FROM logs WHERE created_at < \(time)
              ORDER BY created_at, id LIMIT \(max(limit, 1)) FOR UPDATE SKIP LOCKED
            )
            DELETE FROM logs WHERE id IN (SELECT id FROM oldest)
            """)
    }
}
