public import Foundation
public import Postgres

/// Which of Miyabi's agents runs.
public enum AgentType: String, PostgresEnum, CaseIterable {
    /// Splits an issue into tasks.
    case coordinator = "Coordinator"
    /// Writes code.
    case codeGen = "CodeGen"
    /// Reviews code.
    case review = "Review"
    /// Deploys.
    case deployment = "Deployment"
    /// Works on pull requests.
    case pullRequest = "PR"
    /// Works on issues.
    case issue = "Issue"
}

/// Rows of `agent_executions` (specification, section 2.2.4).
public struct ExecutionStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey
    let changes: SessionChanges

    /// A run that has not begun.
    public struct Pending: Sendable, Hashable {
        /// The row's id: made once by whoever asks for the run, so that asking again opens no second one.
        public var id: UUID
        /// Whose run it is: a row of web_users.
        public var userID: UUID
        /// The repository it works on, if any.
        public var repositoryID: UUID?
        /// Which agent.
        public var agentType: AgentType
        /// The number of the issue or pull request; 1 or more.
        public var issueNumber: Int64?

        /// A run that has not begun.
        public init(
            id: UUID, userID: UUID, repositoryID: UUID? = nil, agentType: AgentType, issueNumber: Int64? = nil
        ) {
            self.id = id
            self.userID = userID
            self.repositoryID = repositoryID
            self.agentType = agentType
            self.issueNumber = issueNumber
        }
    }

    /// Asks for a run as its user, on a repository of theirs that is verified. The server names it; whoever may have to
    /// ask again, and is a service, uses ``open(_:)-(Pending)``.
    ///
    /// - Parameter issueNumber: The number of the issue or pull request; 1 or more.
    /// - Throws: ``ConstraintViolation``, `PostgresError`.
    public func request(
        _ agentType: AgentType, for userID: UUID, on repositoryID: UUID, issueNumber: Int64? = nil
    ) async throws -> Execution {
        let rows = try await connection.query(
            """
            INSERT INTO agent_executions (user_id, repository_id, agent_type, issue_number, status)
            VALUES (\(userID), \(repositoryID), \(agentType), \(issueNumber), 'pending')
            RETURNING \(unsafeSQL: Execution.columnList)
            """)
        changes.note()
        return try Execution(rows[0])
    }

    /// Opens a run, as `.service`. One whose id is there is left as it is, whatever has become of it since.
    ///
    /// - Returns: Whether it is new.
    /// - Throws: ``ConstraintViolation``, `PostgresError`.
    @discardableResult
    public func open(_ execution: Pending) async throws -> Bool { try await open([execution])[0].isNew }

    /// Opens runs, as `.service`, in one statement however many they are. One whose id is there is left as it is, whatever has become
    /// of it since.
    ///
    /// - Returns: What became of each, in the order of `executions`.
    /// - Throws: `PostgresError`.
    public func open(_ executions: [Pending]) async throws -> [InsertedRow] {
        changes.note()
        return try await BulkInsert<Pending>(connection: connection) { new in
            let inserted = try await connection.query(
                """
                INSERT INTO agent_executions (id, user_id, repository_id, agent_type, issue_number, status)
                SELECT *, 'pending' FROM unnest(\(new.map(\.id))::uuid[], \(new.map(\.userID))::uuid[],
                  \(new.map(\.repositoryID))::uuid[], \(new.map(\.agentType.rawValue))::text[],
                  \(new.map(\.issueNumber))::bigint[])
                ON CONFLICT (id) DO NOTHING RETURNING id
                """)
            return InsertedRow.each(of: new.map(\.id), inserted: try inserted.decode(UUID.self))
        }.run(executions, inOrderOf: \.id.uuidString)
    }
}
