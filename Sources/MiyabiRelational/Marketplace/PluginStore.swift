public import Foundation
public import Postgres

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
        try await connection.query("SELECT delete_plugin(\(id))").decode(Bool.self) == [true]
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

extension PluginStore {
    /// Which plugins to list: those that meet every condition that is set.
    public struct Filter: Sendable, Hashable {
        /// Words that its name, its shop name and its description hold between them, in any case. A word of three letters,
        /// or of two where they are not ASCII (検索), is found by an index; a shorter one by reading plugins in their order.
        public var text: String?
        /// Where the shop shows it.
        public var categories: Categories?
        /// What it is sold as.
        public var tier: PluginTier?
        /// JSON that its features contain, such as `{"api_access": true}` (PostgreSQL, section 8.14.3).
        public var features: PostgresJSON?
        /// Who wrote it.
        public var authorID: UUID?
        /// Only those that Miyabi has looked at.
        public var isVerified: Bool
        /// Only those that the shop puts forward.
        public var isFeatured: Bool

        /// Which plugins to list.
        public init(
            text: String? = nil, categories: Categories? = nil, tier: PluginTier? = nil, features: PostgresJSON? = nil,
            authorID: UUID? = nil, isVerified: Bool = false, isFeatured: Bool = false
        ) {
            self.text = text
            self.categories = categories
            self.tier = tier
            self.features = features
            self.authorID = authorID
            self.isVerified = isVerified
            self.isFeatured = isFeatured
        }
    }

    /// Which categories a plugin is in.
    public enum Categories: Sendable, Hashable {
        /// In each of these.
        case all(Set<String>)
        /// In one of these at least.
        case any(Set<String>)
    }

    /// Which plugins come first.
    public enum Order: Sendable, Hashable, CaseIterable {
        /// Those that were downloaded most.
        case downloads
        /// Those that are rated best; those without reviews are last.
        case rating
        /// The newest.
        case newest
    }

    /// Plugins by what they offer. A page costs the same however far down it is.
    ///
    /// Whether to look for the plugins first or to read the order and leave others out is the server's choice, by how many
    /// it takes to be meant: `plugin_shop` gives it statistics to tell rare features and words from common ones.
    ///
    /// - Parameters:
    ///   - filter: Which.
    ///   - order: In which order.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`, also when the features are no JSON.
    public func list(
        _ filter: Filter = Filter(), by order: Order = .downloads, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<Plugin> {
        var listing = Listing<Plugin>(by: order.keyset, limit: limit)
        listing.require("tier", filter.tier?.rawValue)
        listing.require("author_id", filter.authorID)
        if filter.isVerified { listing.requireFlag("verified") }
        if filter.isFeatured { listing.requireFlag("featured") }
        switch filter.categories {
        case .all(let names): listing.require("categories", .contains, names.sorted())
        case .any(let names): listing.require("categories", .overlaps, names.sorted())
        case nil: break
        }
        listing.require("features", .contains, filter.features?.text)
        for word in (filter.text ?? "").split(whereSeparator: \.isWhitespace) {
            listing.require("plugin_text(name, display_name, description)", .matches, Self.pattern(word))
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }

    /// A word somewhere in the text, as migration 013 writes it: what is not ASCII twice.
    private static func pattern(_ word: Substring) -> String {
        let letters = word.unicodeScalars.flatMap { letter -> [Unicode.Scalar] in
            switch letter {
            case "\\", "%", "_": ["\\", letter]
            default: letter.isASCII ? [letter] : [letter, letter]
            }
        }
        return "%\(String(String.UnicodeScalarView(letters)))%"
    }
}

extension PluginStore.Order {
    fileprivate var keyset: KeysetOrder<Plugin> {
        switch self {
        case .downloads: Plugin.byDownloads
        case .rating: Plugin.byRating
        case .newest: Plugin.order
        }
    }
}
