public import Foundation
public import Postgres

/// A plugin of the marketplace: a row of `plugins` (specification, section 2.2.2).
public struct Plugin: Sendable, Hashable, Identifiable {
    /// The row's id: chosen once, such as `miyabi-operations-pro`.
    public var id: String
    /// What only an admin may set.
    public var entry: Entry
    /// What its author may set too.
    public var content: Content
    /// How often it was downloaded.
    public var downloads: Int64
    /// The mean of its reviews, 1 to 5 in hundredths; 0 without any.
    public var rating: Double
    /// When it was published.
    public var createdAt: Date
    /// When it was changed last.
    public var updatedAt: Date

    /// What its author may set.
    public struct Content: Sendable, Hashable {
        /// What it is called in the shop.
        public var displayName: String
        /// What it is for.
        public var description: String?
        /// What it can do: a JSON object.
        public var features: PostgresJSON?
        /// What limits its use: a JSON object, in which `issues_per_month` and the other monthly limits are whole numbers.
        public var limitations: PostgresJSON?
        /// Where the shop shows it.
        public var categories: [String]

        /// What its author may set.
        public init(
            displayName: String, description: String? = nil, features: PostgresJSON? = nil,
            limitations: PostgresJSON? = nil, categories: [String] = []
        ) {
            self.displayName = displayName
            self.description = description
            self.features = features
            self.limitations = limitations
            self.categories = categories
        }
    }

    /// What only an admin may set.
    public struct Entry: Sendable, Hashable {
        /// The package's name.
        public var name: String
        /// Where it comes from, such as `github:miyabi/operations`.
        public var source: String
        /// The version that is offered.
        public var version: String
        /// What it costs.
        public var offer: Offer
        /// Who wrote it: a row of users.
        public var authorID: UUID?
        /// The plugin that it needs.
        public var requiredPluginID: String?
        /// Whether Miyabi has looked at it.
        public var isVerified: Bool
        /// Whether the shop puts it forward.
        public var isFeatured: Bool

        /// What only an admin may set.
        public init(
            name: String, source: String, version: String, offer: Offer, authorID: UUID? = nil,
            requiredPluginID: String? = nil, isVerified: Bool = false, isFeatured: Bool = false
        ) {
            self.name = name
            self.source = source
            self.version = version
            self.offer = offer
            self.authorID = authorID
            self.requiredPluginID = requiredPluginID
            self.isVerified = isVerified
            self.isFeatured = isFeatured
        }
    }
}
