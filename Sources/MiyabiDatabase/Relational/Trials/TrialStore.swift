public import Foundation
import Postgres

/// Rows of `trials`. Users read their own; all else is the service's.
public struct TrialStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Begins a trial, as long as the plugin's trial period.
    ///
    /// - Throws: ``TrialError/notOffered(pluginID:)``; `PostgresError`: a violation of `user_id` and `plugin_id` if the user
    ///   has tried the plugin.
    @discardableResult
    public func start(userID: UUID, pluginID: String, licenseKey: String) async throws -> Trial {
        let rows = try await connection.query(
            """
            INSERT INTO trials (user_id, plugin_id, license_key, expires_at)
            SELECT \(userID), id, \(licenseKey), now() + make_interval(days => trial_period)
            FROM plugins WHERE id = \(pluginID) AND trial_period > 0
            RETURNING \(unsafeSQL: Trial.columnList)
            """)
        guard let row = rows.first else { throw TrialError.notOffered(pluginID: pluginID) }
        return try Trial(row)
    }

    /// The trial.
    ///
    /// - Throws: ``TrialError/notFound(_:)``; `PostgresError`.
    public func trial(_ id: UUID) async throws -> Trial {
        let rows = try await connection.query("SELECT \(unsafeSQL: Trial.columnList) FROM trials WHERE id = \(id)")
        guard let row = rows.first else { throw TrialError.notFound(id) }
        return try Trial(row)
    }

    /// A user's trial of a plugin, whatever has become of it; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func trial(of pluginID: String, by userID: UUID) async throws -> Trial? {
        let rows = try await connection.query(
            """
            SELECT \(unsafeSQL: Trial.columnList) FROM trials WHERE user_id = \(userID) AND plugin_id = \(pluginID)
            """)
        return try rows.first.map { try Trial($0) }
    }

    /// Which trials to list.
    public enum Selection: Sendable, Hashable {
        /// A user's.
        case user(UUID)
        /// Those of a plugin.
        case plugin(String)
    }

    /// Trials, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<Trial> {
        var listing = Listing<Trial>(limit: limit)
        switch selection {
        case .user(let id): listing.require("user_id", id)
        case .plugin(let id): listing.require("plugin_id", id)
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
