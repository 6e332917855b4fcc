public import Foundation
public import Postgres

/// The relational stores, within one transaction of one identity.
public struct Relations: Sendable {
    /// The transaction's connection.
    public let connection: PostgresConnection
    let cursorKey: CursorKey
    let changes: SessionChanges

    /// The people who use the marketplace.
    public var users: UserStore { UserStore(connection: connection, cursorKey: cursorKey) }
    /// What they think of plugins.
    public var pluginReviews: PluginReviewStore { PluginReviewStore(connection: connection, cursorKey: cursorKey) }
    /// The plugins that they want in it.
    public var pluginSubmissions: PluginSubmissionStore {
        PluginSubmissionStore(connection: connection, cursorKey: cursorKey)
    }
    /// What services did.
    public var logs: LogStore { LogStore(connection: connection, cursorKey: cursorKey) }
    /// The people who sign in with GitHub.
    public var webUsers: WebUserStore { WebUserStore(connection: connection, cursorKey: cursorKey) }
    /// The repositories that Miyabi works on.
    public var repositories: RepositoryStore { RepositoryStore(connection: connection, cursorKey: cursorKey) }
    /// The runs of agents.
    public var executions: ExecutionStore {
        ExecutionStore(connection: connection, cursorKey: cursorKey, changes: changes)
    }
    /// The workflows that people draw.
    public var workflows: WorkflowStore { WorkflowStore(connection: connection, cursorKey: cursorKey) }
    /// What people write to the LINE bot.
    public var lineMessages: LineMessageStore { LineMessageStore(connection: connection, cursorKey: cursorKey) }
    /// The browsers that are connected.
    public var websocketConnections: WebSocketConnectionStore {
        WebSocketConnectionStore(connection: connection, cursorKey: cursorKey)
    }
    /// What the marketplace offers.
    public var plugins: PluginStore { PluginStore(connection: connection, cursorKey: cursorKey) }
    /// What users pay for.
    public var subscriptions: PluginSubscriptionStore {
        PluginSubscriptionStore(connection: connection, cursorKey: cursorKey)
    }
    /// What users try.
    public var trials: TrialStore { TrialStore(connection: connection, cursorKey: cursorKey) }
    /// What users may use.
    public var licenses: LicenseStore { LicenseStore(connection: connection, cursorKey: cursorKey) }
    /// What is billed.
    public var usage: UsageStore { UsageStore(connection: connection, cursorKey: cursorKey, changes: changes) }
    /// What is still to appear in DynamoDB.
    public var outbox: OutboxStore { OutboxStore(connection: connection) }
}
