public import Foundation
import Postgres

extension PluginSubmissionStore {
    /// Notes what was found out about a submission that waits. What is nil stays as it is.
    ///
    /// - Throws: ``PluginSubmissionError``; `PostgresError`.
    @discardableResult
    public func note(_ findings: PluginSubmission.Findings, on id: UUID) async throws -> PluginSubmission {
        try await move(id, to: .pendingReview, findings)
    }

    /// Lets a plugin in. Of two who decide at once, one does.
    ///
    /// - Parameters:
    ///   - id: The submission.
    ///   - findings: What was found out. What is nil stays as it is.
    /// - Throws: ``PluginSubmissionError``; `PostgresError`.
    @discardableResult
    public func approve(
        _ id: UUID, _ findings: PluginSubmission.Findings = .init()
    ) async throws -> PluginSubmission {
        try await move(id, to: .approved, findings)
    }

    /// Turns a plugin down. Of two who decide at once, one does.
    ///
    /// - Parameters:
    ///   - id: The submission.
    ///   - findings: What was found out. What is nil stays as it is.
    /// - Throws: ``PluginSubmissionError``; `PostgresError`.
    @discardableResult
    public func reject(
        _ id: UUID, _ findings: PluginSubmission.Findings = .init()
    ) async throws -> PluginSubmission {
        try await move(id, to: .rejected, findings)
    }

    private func move(
        _ id: UUID, to status: PluginSubmission.Status, _ findings: PluginSubmission.Findings
    ) async throws -> PluginSubmission {
        let decides = status != .pendingReview
        let rows = try await connection.query(
            """
            UPDATE plugin_submissions SET status = \(status),
              quality_score = coalesce(\(findings.qualityScore), quality_score),
              security_scan = coalesce(\(findings.securityScan), security_scan),
              review_notes = coalesce(\(findings.notes), review_notes),
              reviewed_at = CASE WHEN \(decides) THEN now() END
            WHERE id = \(id) AND status = ANY(\(status.previous.map(\.rawValue))::text[])
            RETURNING \(unsafeSQL: PluginSubmission.columnList)
            """)
        if let row = rows.first { return try PluginSubmission(row) }
        let present = try await submission(id)
        // It could have been moved, if the policy had let the caller.
        guard !present.status.next.contains(status) else { throw PluginSubmissionError.notReviewer(id) }
        throw PluginSubmissionError.illegalTransition(id, from: present.status, to: status)
    }
}
