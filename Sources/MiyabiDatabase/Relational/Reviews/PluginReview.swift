public import Foundation
internal import Postgres

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
