public import Foundation
public import Postgres

/// Rows of `plugin_submissions`: users submit and see their own, admins see and review all.
public struct PluginSubmissionStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Submits a plugin.
    ///
    /// - Parameters:
    ///   - pluginData: The plugin.
    ///   - userID: Who submits it.
    /// - Throws: `PostgresError`, also when the data is no JSON.
    public func submit(_ pluginData: PostgresJSON, by userID: UUID) async throws -> PluginSubmission {
        let rows = try await connection.query(
            """
            INSERT INTO plugin_submissions (user_id, plugin_data) VALUES (\(userID), \(pluginData))
            RETURNING \(unsafeSQL: PluginSubmission.columnList)
            """)
        return try PluginSubmission(rows[0])
    }

    /// The submission.
    ///
    /// - Throws: ``PluginSubmissionError/notFound(_:)``; `PostgresError`.
    public func submission(_ id: UUID) async throws -> PluginSubmission {
        let rows = try await connection.query(
            "SELECT \(unsafeSQL: PluginSubmission.columnList) FROM plugin_submissions WHERE id = \(id)")
        guard let row = rows.first else { throw PluginSubmissionError.notFound(id) }
        return try PluginSubmission(row)
    }

    /// Which submissions to list.
    public enum Selection: Sendable, Hashable {
        /// A user's.
        case user(UUID)
        /// Those in a state.
        case status(PluginSubmission.Status)
    }

    /// Submissions, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<PluginSubmission> {
        var listing = Listing<PluginSubmission>(limit: limit)
        switch selection {
        case .user(let id): listing.require("user_id", id)
        case .status(let status): listing.require("status", status.rawValue)
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }

    /// Submissions that nobody has decided on, the longest waiting first.
    ///
    /// - Parameters:
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func queue(after cursor: PageCursor? = nil, limit: Int = 50) async throws -> Page<PluginSubmission> {
        var listing = Listing<PluginSubmission>(descending: false, limit: limit)
        listing.require("status", PluginSubmission.Status.pendingReview.rawValue)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}

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
