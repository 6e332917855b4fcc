public import Foundation
import Postgres

/// What somebody thinks of a plugin: a row of `plugin_reviews`.
public struct PluginReview: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// The plugin.
    public var pluginID: String
    /// Who thinks so: a row of users.
    public var userID: UUID
    /// What they think.
    public var content: Content
    /// When they wrote it first.
    public var createdAt: Date

    /// What its author may set.
    public struct Content: Sendable, Hashable {
        /// From 1, bad, to 5, good.
        public var rating: Int16
        /// Why.
        public var comment: String?

        /// What its author may set.
        public init(rating: Int16, comment: String? = nil) {
            self.rating = rating
            self.comment = comment
        }
    }
}

extension PluginReview: KeysetRow {
    static let table = "plugin_reviews"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = ["id", "plugin_id", "user_id", "rating", "comment", "created_at"]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        pluginID = try row.decode("plugin_id")
        userID = try row.decode("user_id")
        content = Content(rating: try row.decode("rating"), comment: try row.decode("comment"))
        createdAt = try row.decode("created_at")
    }
}

/// Rows of `plugin_reviews`: everyone reads them, users write their own, admins may remove any. With every change
/// `plugins.rating` becomes the mean of the plugin's reviews: in the same transaction or, when somebody else is changing the
/// plugin, a moment later.
public struct PluginReviewStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Writes what a user thinks of a plugin, in place of what they thought before.
    ///
    /// - Throws: `PostgresError`, also when the rating is not 1 to 5, or there is no such plugin or user.
    @discardableResult
    public func write(
        _ content: PluginReview.Content, of pluginID: String, by userID: UUID
    ) async throws -> PluginReview {
        let rows = try await connection.query(
            """
            INSERT INTO plugin_reviews (plugin_id, user_id, rating, comment)
            VALUES (\(pluginID), \(userID), \(content.rating), \(content.comment))
            ON CONFLICT (plugin_id, user_id) DO UPDATE SET rating = excluded.rating, comment = excluded.comment
            RETURNING \(unsafeSQL: PluginReview.columnList)
            """)
        return try PluginReview(rows[0])
    }

    /// What a user thinks of a plugin, if they wrote it.
    ///
    /// - Throws: `PostgresError`.
    public func review(of pluginID: String, by userID: UUID) async throws -> PluginReview? {
        let rows = try await connection.query(
            """
            SELECT \(unsafeSQL: PluginReview.columnList) FROM plugin_reviews
            WHERE plugin_id = \(pluginID) AND user_id = \(userID)
            """)
        return try rows.first.map { try PluginReview($0) }
    }

    /// Removes a review.
    ///
    /// - Returns: Whether there was one that the caller may remove.
    /// - Throws: `PostgresError`.
    public func delete(_ id: UUID) async throws -> Bool {
        try await connection.query("SELECT delete_plugin_review(\(id))").decode(Bool.self) == [true]
    }

    /// Which reviews to list.
    public enum Selection: Sendable, Hashable {
        /// A plugin's; only those with a rating, if one is given.
        case plugin(String, rating: Int16? = nil)
        /// A user's.
        case user(UUID)
    }

    /// Reviews, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<PluginReview> {
        var listing = Listing<PluginReview>(limit: limit)
        switch selection {
        case .plugin(let id, let rating):
            listing.require("plugin_id", id)
            listing.require("rating", rating)
        case .user(let id): listing.require("user_id", id)
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
