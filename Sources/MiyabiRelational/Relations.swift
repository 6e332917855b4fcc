public import Foundation
public import Postgres

/// The relational stores, within one transaction of one identity.
public struct Relations: Sendable {
    /// The transaction's connection.
    public let connection: PostgresConnection
    let cursorKey: CursorKey
    let changes: SessionChanges

    /// The stores of a transaction.
    ///
    /// - Parameters:
    ///   - cursorKey: What signs the cursors of pages.
    ///   - changes: Learns whether the transaction has changed what the outbox holds.
    package init(connection: PostgresConnection, cursorKey: CursorKey, changes: SessionChanges) {
        self.connection = connection
        self.cursorKey = cursorKey
        self.changes = changes
    }

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

extension Relations {
    /// The user that a person names by row id or by GitHub login. A row id is taken as it is: events may outlive rows.
    ///
    /// - Throws: ``LookupError`` when no row or several have the login; `PostgresError`.
    public func webUserID(named name: String) async throws -> UUID {
        if let id = UUID(uuidString: name) { return id }
        let found = try await webUsers.find(username: name).map {
            LookupError.Candidate(id: $0.id, githubID: $0.user.githubID)
        }
        return try only(found, "user with the GitHub login \(name.debugDescription)")
    }

    /// The repository that a person names by row id or as `owner/name`. A row id is taken as it is.
    ///
    /// - Throws: ``LookupError`` when no row or several have the name; `PostgresError`.
    public func repositoryID(named name: String) async throws -> UUID {
        if let id = UUID(uuidString: name) { return id }
        let found = try await repositories.find(fullName: name).map {
            LookupError.Candidate(id: $0.id, githubID: $0.repository.githubID)
        }
        return try only(found, "repository called \(name.debugDescription)")
    }

    /// The customer whom a person names by row id or by e-mail address. A row id is taken as it is.
    ///
    /// - Throws: ``LookupError`` when no row has the address; `PostgresError`.
    public func userID(named name: String) async throws -> UUID {
        if let id = UUID(uuidString: name) { return id }
        guard let user = try await users.find(email: name) else {
            throw LookupError(subject: "user with the e-mail address \(name.debugDescription)", candidates: [])
        }
        return user.id
    }

    private func only(_ found: [LookupError.Candidate], _ subject: String) throws(LookupError) -> UUID {
        guard found.count == 1, let one = found.first else {
            throw LookupError(subject: subject, candidates: found)
        }
        return one.id
    }
}
