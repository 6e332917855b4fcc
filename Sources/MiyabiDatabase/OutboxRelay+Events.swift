import DynamoDB
import Foundation

// What a change and usage become in DynamoDB.

extension OutboxChange {
    /// Into how many partitions the events of a minute are spread. Fixed, unlike that of other events: a change that is
    /// relayed again must meet its event, also when the number of shards was changed in between.
    static let shards = 4

    /// The event that it becomes, under the same identifier each time: within a millisecond the number orders it, and
    /// the rest of its name makes it unique.
    func event() throws(EventError) -> Event {
        guard (0...EventLimits.latest.date.timeIntervalSince1970).contains(changedAt.timeIntervalSince1970) else {
            throw EventError(.timeOutOfRange, "the time of change \(number) is not between 1970 and 9999")
        }
        let moment = UInt128(Timestamp(changedAt).milliseconds)
        let order = UInt128(UInt64(bitPattern: number) & 0xFF_FFFF_FFFF)
        let bytes = id.uuid
        let rest = [bytes.11, bytes.12, bytes.13, bytes.14, bytes.15].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return Event(
            id: ULID(bits: moment << 80 | order << 40 | rest), type: .agentExecution, userID: userID,
            repositoryID: repositoryID, agentType: agentType, data: facts)
    }

    /// The message that it becomes, under the same name each time.
    var message: MessageDraft { MessageDraft(.executionUpdate, payload: facts, id: "outbox#\(id.lowercased)") }

    private var facts: Item {
        var facts: Item = [
            "execution_id": .string(executionID.lowercased), "status": .string(status.rawValue),
        ]
        facts["error_message"] = errorMessage.map { .string($0) }
        return facts
    }
}

extension OutboxUsage {
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
