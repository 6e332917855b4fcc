public import Foundation

extension PluginSubscriptionStore {
    /// Which subscriptions to list.
    public enum Selection: Sendable, Hashable {
        /// A user's.
        case user(UUID)
        /// Those to a plugin.
        case plugin(String)
        /// Those that stand so.
        case status(PluginSubscriptionStatus)
        /// Those that a customer of Stripe's pays.
        case stripeCustomer(String)
    }

    /// Subscriptions, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<PluginSubscription> {
        var listing = Listing<PluginSubscription>(limit: limit)
        switch selection {
        case .user(let id): listing.require("user_id", id)
        case .plugin(let id): listing.require("plugin_id", id)
        case .status(let status): listing.require("status", status.rawValue)
        case .stripeCustomer(let id): listing.require("stripe_customer_id", id)
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
