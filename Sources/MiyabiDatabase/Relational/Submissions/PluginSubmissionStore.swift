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
