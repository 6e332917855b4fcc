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

extension Plugin {
    /// What a plugin costs.
    public struct Offer: Sendable, Hashable {
        /// What it is sold as.
        public var tier: PluginTier
        /// In the currency's smallest unit, such as cents; 0 or more.
        public var price: Int
        /// Three capital letters (ISO 4217).
        public var currency: String
        /// What the price is for; nil if it costs nothing.
        public var billing: Billing?
        /// How many days it may be tried; 0 if it may not.
        public var trialDays: Int

        /// What a plugin costs.
        public init(
            _ tier: PluginTier, price: Int = 0, currency: String = "USD", billing: Billing? = nil, trialDays: Int = 0
        ) {
            self.tier = tier
            self.price = price
            self.currency = currency
            self.billing = billing
            self.trialDays = trialDays
        }
    }

    /// What a price is for.
    public enum Billing: String, PostgresEnum, CaseIterable {
        /// A month.
        case monthly
        /// A year.
        case yearly
        /// For ever.
        case once = "one-time"
    }
}

extension Plugin: KeysetRow {
    static let table = "plugins"
    // All plugins, and with statistics for whoever searches them.
    static let source = "plugin_shop"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = [
        "id", "name", "display_name", "source", "version", "tier", "price", "currency", "billing_period", "author_id",
        "description", "features", "limitations", "categories", "verified", "featured", "downloads",
        "(rating * 100)::int8 AS rating_in_hundredths", "requires_plugin", "trial_period", "created_at", "updated_at",
    ]

    static let byDownloads = KeysetOrder<Plugin>(column: "downloads", rank: \.downloads) { $0 }

    /// Many plugins have the same rating, and those without reviews stand last.
    static let byRating = KeysetOrder<Plugin>(column: "rating") {
        Int64(($0.rating * 100).rounded())
    } value: {
        // Text, which the server reads as the column's NUMERIC.
        "\($0 / 100).\(($0 % 100).padded(2))"
    }

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        entry = Entry(
            name: try row.decode("name"), source: try row.decode("source"), version: try row.decode("version"),
            offer: Offer(
                try row.decode("tier"), price: try row.decode("price"), currency: try row.decode("currency"),
                billing: try row.decode("billing_period"), trialDays: try row.decode("trial_period", as: Int?.self) ?? 0
            ),
            authorID: try row.decode("author_id"), requiredPluginID: try row.decode("requires_plugin"),
            isVerified: try row.decode("verified"), isFeatured: try row.decode("featured"))
        content = Content(
            displayName: try row.decode("display_name"), description: try row.decode("description"),
            features: try row.decode("features"), limitations: try row.decode("limitations"),
            categories: try row.decode("categories", as: [String]?.self) ?? [])
        downloads = try row.decode("downloads")
        rating = Double(try row.decode("rating_in_hundredths", as: Int64.self)) / 100
        createdAt = try row.decode("created_at")
        updatedAt = try row.decode("updated_at")
    }
}

extension PluginTier: PostgresEnum {}
