public import Foundation
import Postgres

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
    }
}

/// A row of `usage_events` that is still to appear in DynamoDB: a row of `outbox.usage`, whose texts are short and whose time
/// an event can have.
package struct OutboxUsage: Sendable {
    package let number: Int64
    /// Names the usage event, and the event that it becomes.
    package let id: UUID
    package let userID: UUID
    package let pluginID: String
    package let kind: String
    package let quantity: Int64?
    package let agent: String?
    package let occurredAt: Date

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
}

extension OutboxStore {
    /// The oldest usage that is still to appear in DynamoDB.
    package func nextUsage(limit: Int) async throws -> [OutboxUsage] {
        try await connection.query(
            "SELECT \(unsafeSQL: OutboxUsage.columnList) FROM outbox.usage ORDER BY id LIMIT \(limit)"
        ).map { try OutboxUsage($0) }
    }
}
