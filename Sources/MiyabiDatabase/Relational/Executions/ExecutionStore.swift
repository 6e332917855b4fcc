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

    /// Opens runs, in one statement however many they are. One whose id is there is left as it is, whatever has become
    /// of it since.
    ///
    /// - Returns: How many are new.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func open(_ executions: [Pending]) async throws -> Int {
        let new = executions.sorted { $0.id.uuidString < $1.id.uuidString }
        return try await connection.execute(
            """
            INSERT INTO agent_executions (id, user_id, repository_id, agent_type, issue_number, status)
            SELECT *, 'pending' FROM unnest(\(new.map(\.id))::uuid[], \(new.map(\.userID))::uuid[],
              \(new.map(\.repositoryID))::uuid[], \(new.map(\.agentType.rawValue))::text[],
              \(new.map(\.issueNumber))::bigint[])
            ON CONFLICT (id) DO NOTHING
            """)
    }
}
