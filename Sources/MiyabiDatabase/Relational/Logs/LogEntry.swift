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
