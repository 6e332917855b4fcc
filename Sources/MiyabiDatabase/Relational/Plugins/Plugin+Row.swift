import Foundation
import Postgres

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
