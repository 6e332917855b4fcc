public import Foundation
public import Postgres

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

    /// Takes the runs that wait longest and sets them running. Many dispatchers may ask at once: each run goes to one
    /// of them, and none waits for another. Runs wait as long as their repository is not verified.
    ///
    /// - Parameters:
    ///   - count: How many at most, 1 to 1,000.
    ///   - agents: Only runs of these agents; of all if nil.
    /// - Throws: `PostgresError`.
    public func claim(_ count: Int = 1, agents: Set<AgentType>? = nil) async throws -> [Execution] {
        let limit = min(max(count, 1), 1000)
        let wanted = (agents ?? Set(AgentType.allCases)).map(\.rawValue).sorted()
        let rows = try await connection.query(
            """
            WITH next AS MATERIALIZED (
              SELECT id FROM agent_executions WHERE status = 'pending' AND agent_type = ANY(\(wanted)::text[])
                AND coalesce((SELECT is_verified FROM repositories WHERE id = repository_id), true)
              ORDER BY created_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED
            )
            UPDATE agent_executions SET status = 'running', started_at = now()
            WHERE id IN (SELECT id FROM next) RETURNING \(unsafeSQL: Execution.columnList)
            """)
        if !rows.isEmpty { changes.note() }
        return try rows.map { try Execution($0) }.sorted {
            ($0.createdAt, $0.id.uuidString) < ($1.createdAt, $1.id.uuidString)
        }
    }

    /// Sets one run running.
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

    private func move(
        _ id: UUID, to status: ExecutionStatus, result: PostgresJSON? = nil, message: String? = nil
    ) async throws -> Execution {
        let begins = status == .running
        let rows = try await connection.query(
            """
            UPDATE agent_executions SET status = \(status), result = \(result), error_message = \(message),
              started_at = CASE WHEN \(begins) THEN now() ELSE started_at END,
              completed_at = CASE WHEN \(begins) THEN NULL ELSE greatest(now(), started_at) END
            WHERE id = \(id) AND status = ANY(\(status.previous.map(\.rawValue))::text[])
            RETURNING \(unsafeSQL: Execution.columnList)
            """)
        if let row = rows.first {
            changes.note()
            return try Execution(row)
        }
        let present = try await execution(id)
        throw ExecutionError.illegalTransition(id, from: present.status, to: status)
    }
}
