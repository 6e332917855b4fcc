public import Foundation
internal import DynamoDB
internal import Postgres

/// A change of an execution's status that is still to appear in DynamoDB: a row of `outbox.changes`.
public struct OutboxChange: Sendable, Hashable, Identifiable {
    /// Names the change, in both halves and for good.
    public var id: UUID
    /// Grows with the changes of one execution. Not a name: after a promotion or a restore a number can come again.
    public var number: Int64
    /// The execution.
    public var executionID: UUID
    /// Whose it is.
    public var userID: UUID
    /// The repository it works on, if any.
    public var repositoryID: UUID?
    /// Which agent.
    public var agentType: String
    /// What it has become.
    public var status: ExecutionStatus
    /// Why, if it failed.
    public var errorMessage: String?
    /// When, by the database server's clock.
    public var changedAt: Date

    static let columnList = """
        change_id, id, execution_id, user_id, repository_id, agent_type, status, error_message, changed_at
        """

    init(_ row: PostgresRow) throws {
        id = try row.decode("change_id")
        number = try row.decode("id")
        executionID = try row.decode("execution_id")
        userID = try row.decode("user_id")
        repositoryID = try row.decode("repository_id")
        agentType = try row.decode("agent_type")
        status = try row.decode("status")
        errorMessage = try row.decode("error_message")
        changedAt = try row.decode("changed_at")
        guard (0...EventLimits.latest.date.timeIntervalSince1970).contains(changedAt.timeIntervalSince1970) else {
            throw EventError(.timeOutOfRange, "change \(number) is of no time between 1970 and 9999")
        }
    }
}

extension OutboxChange {
    /// Into how many partitions the events of a minute are spread. Fixed, unlike that of other events: a change that is
    /// relayed again must meet its event, also when the number of shards was changed in between.
    static let shards = 4

    /// The event that it becomes, under the same identifier each time: within a millisecond the number orders it, and
    /// the rest of its name makes it unique.
    var event: Event {
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
