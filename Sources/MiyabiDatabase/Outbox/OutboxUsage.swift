internal import DynamoDB
internal import Foundation
internal import Postgres

/// A row of `usage_events` that is still to appear in DynamoDB: a row of `outbox.usage`, whose texts are short and whose time
/// an event can have.
struct OutboxUsage: Sendable {
    let number: Int64
    /// Names the usage event, and the event that it becomes.
    let id: UUID
    let userID: UUID
    let pluginID: String
    let kind: String
    let quantity: Int64?
    let agent: String?
    let occurredAt: Date

    static let columnList = "id, event_id, user_id, plugin_id, event_type, quantity, agent, occurred_at"

    init(_ row: PostgresRow) throws {
        number = try row.decode("id")
        id = try row.decode("event_id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        kind = try row.decode("event_type")
        quantity = try row.decode("quantity")
        agent = try row.decode("agent")
        occurredAt = try row.decode("occurred_at")
    }

    /// The event that it becomes, under the same identifier each time: its time, and the end of its name. `data` has
    /// `usage_event_id`, `plugin_id`, `metric` and, where there are, `quantity` and `agent`.
    var event: Event {
        let bytes = withUnsafeBytes(of: id.uuid) { Array($0.suffix(10)) }
        let rest = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        var data: Item = [
            "usage_event_id": .string(id.lowercased), "plugin_id": .string(pluginID), "metric": .string(kind),
        ]
        data["quantity"] = quantity.map { .number(DecimalNumber($0)) }
        data["agent"] = agent.map { .string($0) }
        return Event(
            id: ULID(bits: UInt128(Timestamp(occurredAt).milliseconds) << 80 | rest), type: .usageEvent, userID: userID,
            data: data)
    }
}

extension OutboxStore {
    /// The oldest usage that is still to appear in DynamoDB.
    func nextUsage(limit: Int) async throws -> [OutboxUsage] {
        try await connection.query(
            "SELECT \(unsafeSQL: OutboxUsage.columnList) FROM outbox.usage ORDER BY id LIMIT \(limit)"
        ).map { try OutboxUsage($0) }
    }

    /// Removes what was relayed; both names, as for changes.
    func remove(_ usage: [OutboxUsage]) async throws {
        guard !usage.isEmpty else { return }
        try await connection.execute(
            """
            DELETE FROM outbox.usage
            USING unnest(\(usage.map(\.number))::bigint[], \(usage.map(\.id))::uuid[]) AS relayed (number, name)
            WHERE usage.id = relayed.number AND usage.event_id = relayed.name
            """)
    }
}
