public import Foundation
internal import Postgres

/// What the metering wrote down: a row of `usage_events` (specification, section 2.2.3).
public struct UsageRecord: Sendable, Hashable, Identifiable {
    /// The event's id; of a sum, an id of its own.
    public var id: UUID
    /// Who is billed: a row of users.
    public var userID: UUID
    /// Which plugin was used.
    public var pluginID: String
    /// What was used; nil for a row that is not the metering's.
    public var metric: UsageMetric?
    /// Which agent ran, if agents did.
    public var agent: String?
    /// How much was used.
    public var quantity: Int64
    /// How many events it is the sum of: 1, or more once they have expired.
    public var events: Int64
    /// When; of a sum, when its month begins.
    public var time: Date
}

extension UsageRecord: KeysetRow {
    static let table = "usage_events"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.time }
    static let columns = [
        "id", "user_id", "plugin_id", "event_type", "event_data ->> 'agent' AS agent",
        "coalesce(whole_number(event_data -> 'increment'), 0) AS quantity",
        "coalesce(whole_number(event_data -> 'events'), 1) AS events", "created_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        metric = UsageMetric(rawValue: try row.decode("event_type"))
        agent = try row.decode("agent")
        quantity = try row.decode("quantity")
        events = try row.decode("events")
        time = try row.decode("created_at")
    }
}
