import Foundation
import Postgres

/// Rows of `plugins` (specification, section 2.2.2). Everyone reads them; admins publish, change and delete them; authors
/// describe their own.
public struct PluginStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Publishes a plugin.
    ///
    /// - Parameter id: What it is called for ever; no other plugin may be called so.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func publish(_ id: String, _ entry: Plugin.Entry, _ content: Plugin.Content) async throws -> Plugin {
        let offer = entry.offer
        let rows = try await connection.query(
            """
            INSERT INTO plugins (id, name, source, version, tier, price, currency, billing_period, trial_period,
              author_id, requires_plugin, verified, featured, display_name, description, features, limitations, categories)
            VALUES (\(id), \(entry.name), \(entry.source), \(entry.version), \(offer.tier), \(offer.price),
              \(offer.currency), \(offer.billing), \(offer.trialDays), \(entry.authorID), \(entry.requiredPluginID),
              \(entry.isVerified), \(entry.isFeatured), \(content.displayName), \(content.description),
              \(content.features), \(content.limitations), \(content.categories))
            RETURNING \(unsafeSQL: Plugin.columnList)
            """)
        return try Plugin(rows[0])
    }

    /// The plugin; nil if there is none.
    ///
    /// - Throws: `PostgresError`.
    public func plugin(_ id: String) async throws -> Plugin? {
        let rows = try await connection.query("SELECT \(unsafeSQL: Plugin.columnList) FROM plugins WHERE id = \(id)")
        return try rows.first.map { try Plugin($0) }
    }

    /// Puts another entry in place of a plugin's: its next version, another price.
    ///
    /// - Returns: The plugin; nil if there is none that the caller may change.
    /// - Throws: `PostgresError`, also when the caller is its author and no admin.
    public func replace(_ id: String, with entry: Plugin.Entry) async throws -> Plugin? {
        let offer = entry.offer
        let rows = try await connection.query(
            """
            UPDATE plugins SET name = \(entry.name), source = \(entry.source), version = \(entry.version),
              tier = \(offer.tier), price = \(offer.price), currency = \(offer.currency),
              billing_period = \(offer.billing), trial_period = \(offer.trialDays), author_id = \(entry.authorID),
              requires_plugin = \(entry.requiredPluginID), verified = \(entry.isVerified),
              featured = \(entry.isFeatured)
            WHERE id = \(id) RETURNING \(unsafeSQL: Plugin.columnList)
            """)
        return try rows.first.map { try Plugin($0) }
    }

    /// Puts other contents in place of a plugin's.
    ///
    /// - Returns: The plugin; nil if there is none that the caller may change.
    /// - Throws: `PostgresError`.
    public func replace(_ id: String, with content: Plugin.Content) async throws -> Plugin? {
        let rows = try await connection.query(
            """
            UPDATE plugins SET display_name = \(content.displayName), description = \(content.description),
              features = \(content.features), limitations = \(content.limitations), categories = \(content.categories)
            WHERE id = \(id) RETURNING \(unsafeSQL: Plugin.columnList)
            """)
        return try rows.first.map { try Plugin($0) }
    }

    /// Removes a plugin that nobody ever subscribed to, tried, reviewed or used.
    ///
    /// - Returns: Whether there was one that the caller may remove.
    /// - Throws: `PostgresError`.
    public func delete(_ id: String) async throws -> Bool {
        try await connection.execute("DELETE FROM plugins WHERE id = \(id)") > 0
    }

    /// Counts one download, without waiting for others who do. ``Plugin/downloads`` has it within about a second.
    ///
    /// - Throws: ``LookupError`` when there is no such plugin; `PostgresError`.
    public func countDownload(of id: String) async throws {
        do {
            try await connection.execute("SELECT increment_downloads(\(id))")
        } catch let error as PostgresError where error.sqlState == PostgresSQLState.noDataFound {
            throw LookupError(subject: "plugin \(id.debugDescription)", candidates: [])
        }
    }

    /// Adds the downloads that were counted, and the reviews that were written, to their plugins. Who counts does so now and
    /// then, and the outbox's relay; this is for who wants it done.
    ///
    /// - Returns: How many plugins it looked at. One that somebody else is changing is left for the next time.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func foldCounts() async throws -> Int {
        try await connection.query("SELECT fold_plugin_counts()").decode(Int.self).first ?? 0
    }
}
