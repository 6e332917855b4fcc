public import Foundation
internal import DynamoDB
internal import Postgres

/// A change of an execution's status that is still to appear in DynamoDB: a row of `outbox.changes`.
public struct OutboxChange: Sendable, Hashable, Identifiable {
    /// Grows with the changes of one execution.
    public var id: Int64
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
    /// How often relaying it has failed.
    public var attempts: Int
    /// Why it failed the last time.
    public var lastError: String?

    static let columnList = """
        id, execution_id, user_id, repository_id, agent_type, status, error_message, changed_at, attempts, last_error
        """

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        executionID = try row.decode("execution_id")
        userID = try row.decode("user_id")
        repositoryID = try row.decode("repository_id")
        agentType = try row.decode("agent_type")
        status = try row.decode("status")
        errorMessage = try row.decode("error_message")
        changedAt = try row.decode("changed_at")
        attempts = try row.decode("attempts")
        lastError = try row.decode("last_error")
    }
}

extension OutboxChange {
    /// The event that it becomes, under the same identifier each time.
    var event: Event {
        let moment = UInt128(Timestamp(changedAt).milliseconds)
        return Event(
            id: ULID(bits: moment << 80 | UInt128(id)), type: .agentExecution, userID: userID,
            repositoryID: repositoryID, agentType: agentType, data: facts)
    }

    /// The message that it becomes, under the same name each time.
    var message: MessageDraft { MessageDraft(.executionUpdate, payload: facts, id: "outbox#\(id)") }

    private var facts: Item {
        var facts: Item = [
            "execution_id": .string(executionID.lowercased), "status": .string(status.rawValue),
        ]
        facts["error_message"] = errorMessage.map { .string($0) }
        return facts
    }
}
