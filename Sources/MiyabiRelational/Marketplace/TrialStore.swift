public import Foundation
import Postgres

/// A plugin that a user tries without paying: a row of `trials`. A user tries a plugin once.
public struct Trial: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose it is: a row of users.
    public var userID: UUID
    /// The plugin.
    public var pluginID: String
    /// The licence that comes with it.
    public var licenseKey: String
    /// When it began.
    public var startedAt: Date
    /// When it is over, unless it was ended before.
    public var expiresAt: Date
    /// When it was ended, by a subscription or by the sweep of what is over; nil until then.
    public var endedAt: Date?
}

extension Trial: KeysetRow {
    static let table = "trials"
    static let order = KeysetOrder.time("started_at") { (row: Self) in row.startedAt }
    static let columns = ["id", "user_id", "plugin_id", "license_key", "started_at", "expires_at", "ended_at"]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        licenseKey = try row.decode("license_key")
        startedAt = try row.decode("started_at")
        expiresAt = try row.decode("expires_at")
        endedAt = try row.decode("ended_at")
    }
}

/// What cannot be done to a trial. Nothing was changed.
public enum TrialError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No plugin has this id, or it cannot be tried: its trial period is 0 days, or it has none.
    case notOffered(pluginID: String)
    /// No trial has this id, or none that the caller may see.
    case notFound(UUID)
    /// The trial is over.
    case over(UUID)

    /// One sentence.
    public var description: String {
        switch self {
        case .notOffered(let pluginID): "Plugin \(pluginID) has no trial."
        case .notFound(let id): "There is no trial \(id.lowercased)."
        case .over(let id): "Trial \(id.lowercased) has ended."
        }
    }
}

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

extension TrialStore {
    /// Ends a trial by a subscription to what was tried, both in the caller's transaction.
    ///
    /// - Throws: ``TrialError``, when it is over or there is none; what ``PluginSubscriptionStore/open(_:_:userID:pluginID:)``
    ///   throws.
    @discardableResult
    public func convert(
        _ id: UUID, to terms: PluginSubscription.Terms, _ start: PluginSubscription.Start
    ) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE trials SET ended_at = now() WHERE id = \(id) AND ended_at IS NULL AND expires_at > now()
            RETURNING user_id, plugin_id
            """
        ).decode((UUID, String).self)
        guard let (userID, pluginID) = rows.first else {
            _ = try await trial(id)
            throw TrialError.over(id)
        }
        let subscriptions = PluginSubscriptionStore(connection: connection, cursorKey: cursorKey)
        return try await subscriptions.open(terms, start, userID: userID, pluginID: pluginID)
    }

    /// Ends trials that are over, by the server's clock; the longest over first. Many sweepers may ask at once: each trial
    /// ends once, and none waits for another.
    ///
    /// - Parameter limit: How many at most, 1 to 1,000.
    /// - Returns: Those that ended, in no order.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func endDue(limit: Int = 1000) async throws -> [Trial] {
        try await connection.query(
            """
            WITH due AS MATERIALIZED (
              SELECT id FROM trials WHERE ended_at IS NULL AND expires_at <= now()
              ORDER BY expires_at, id LIMIT \(min(max(limit, 1), 1000)) FOR UPDATE SKIP LOCKED
            )
            UPDATE trials SET ended_at = now() WHERE id IN (SELECT id FROM due)
            RETURNING \(unsafeSQL: Trial.columnList)
            """
        ).map { try Trial($0) }
    }
}
