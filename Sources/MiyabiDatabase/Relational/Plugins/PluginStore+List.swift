public import Foundation
public import Postgres

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
