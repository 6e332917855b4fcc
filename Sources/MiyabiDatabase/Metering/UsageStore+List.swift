public import Foundation

extension UsageStore {
    /// Which records to list.
    public enum Selection: Sendable, Hashable {
        /// A user's; only those of a plugin, if one is given.
        case user(UUID, plugin: String? = nil)
        /// Those of a plugin.
        case plugin(String)
        /// Those of a metric.
        case metric(UsageMetric)
    }

    /// What was recorded, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<UsageRecord> {
        var listing = Listing<UsageRecord>(limit: limit)
        switch selection {
        case .user(let id, let plugin):
            listing.require("user_id", id)
            listing.require("plugin_id", plugin)
        case .plugin(let id): listing.require("plugin_id", id)
        case .metric(let metric): listing.require("event_type", metric.rawValue)
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
