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
