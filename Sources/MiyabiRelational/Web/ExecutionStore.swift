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

extension ExecutionStore {
    /// The run.
    ///
    /// - Throws: ``ExecutionError/notFound(_:)``; `PostgresError`.
    public func execution(_ id: UUID) async throws -> Execution {
        let rows = try await connection.query(
            "SELECT \(unsafeSQL: Execution.columnList) FROM agent_executions WHERE id = \(id)")
        guard let row = rows.first else { throw ExecutionError.notFound(id) }
        return try Execution(row)
    }

    /// Sets one run running, without a claim: for callers that keep account of their runs themselves.
    ///
    /// - Throws: ``ExecutionError``; `PostgresError`.
    @discardableResult
    public func start(_ id: UUID) async throws -> Execution {
        try await move(id, to: .running)
    }

    /// Ends a run well.
    ///
    /// - Parameter result: What it brought.
    /// - Throws: ``ExecutionError``; `PostgresError`.
    @discardableResult
    public func complete(_ id: UUID, result: PostgresJSON? = nil) async throws -> Execution {
        try await move(id, to: .completed, result: result)
    }

    /// Ends a run that did not come to its end, also one that never began.
    ///
    /// - Parameter message: Why.
    /// - Throws: ``ExecutionError``; `PostgresError`.
    @discardableResult
    public func fail(_ id: UUID, _ message: String) async throws -> Execution {
        try await move(id, to: .failed, message: message)
    }

    /// - Parameter token: That of the claim which must be held; nil when none need be.
    func move(
        _ id: UUID, to status: ExecutionStatus, result: PostgresJSON? = nil, message: String? = nil,
        holding token: UUID? = nil
    ) async throws -> Execution {
        let begins = status == .running
        let rows = try await connection.query(
            """
            UPDATE agent_executions SET status = \(status), result = \(result), error_message = \(message),
              started_at = CASE WHEN \(begins) THEN now() ELSE started_at END,
              completed_at = CASE WHEN \(begins) THEN NULL ELSE greatest(now(), started_at) END
            WHERE id = \(id) AND status = ANY(\(status.previous.map(\.rawValue))::text[])
              AND (\(token)::uuid IS NULL OR EXISTS (
                SELECT FROM dispatch.leases AS lease WHERE lease.execution_id = \(id) AND lease.token = \(token)::uuid))
            RETURNING \(unsafeSQL: Execution.columnList)
            """)
        if let row = rows.first {
            changes.note()
            return try Execution(row)
        }
        let present = try await execution(id)
        if token != nil, present.status == .running { throw ExecutionError.claimLost(id) }
        throw ExecutionError.illegalTransition(id, from: present.status, to: status)
    }
}

extension ExecutionStore {
    /// Which runs to list: those that have every value that is set.
    public struct Filter: Sendable, Hashable {
        /// Whose.
        public var userID: UUID?
        /// Of which repository.
        public var repositoryID: UUID?
        /// In which state.
        public var status: ExecutionStatus?
        /// Of which agent.
        public var agentType: AgentType?

        /// Which runs to list.
        public init(
            userID: UUID? = nil, repositoryID: UUID? = nil, status: ExecutionStatus? = nil, agentType: AgentType? = nil
        ) {
            self.userID = userID
            self.repositoryID = repositoryID
            self.status = status
            self.agentType = agentType
        }
    }

    /// Runs, newest first.
    ///
    /// - Parameters:
    ///   - filter: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ filter: Filter = Filter(), after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<Execution> {
        var listing = Listing<Execution>(limit: limit)
        listing.require("user_id", filter.userID)
        listing.require("repository_id", filter.repositoryID)
        listing.require("status", filter.status?.rawValue)
        listing.require("agent_type", filter.agentType?.rawValue)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
