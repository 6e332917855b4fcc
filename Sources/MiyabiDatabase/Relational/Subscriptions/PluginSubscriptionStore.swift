public import Foundation
import Postgres

/// Rows of `subscriptions` (specification, section 2.2.2). Users read their own and decide whether it ends with its period;
/// all else is the service's, as Stripe tells it.
public struct PluginSubscriptionStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Opens a user's subscription to a plugin.
    ///
    /// - Throws: `PostgresError`: a violation of `user_id` and `plugin_id` if the user has one, also a canceled one
    ///   (``reopen(_:_:_:)``); of `stripe_subscription_id` if another row is that subscription.
    @discardableResult
    public func open(
        _ terms: PluginSubscription.Terms, _ start: PluginSubscription.Start, userID: UUID, pluginID: String
    ) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            INSERT INTO subscriptions (user_id, plugin_id, tier, license_key, stripe_subscription_id, stripe_customer_id,
              status, current_period_start, current_period_end, trial_ends_at)
            VALUES (\(userID), \(pluginID), \(terms.tier), \(terms.licenseKey), \(terms.stripeSubscriptionID),
              \(terms.stripeCustomerID), \(start.status), \(start.period?.lowerBound), \(start.period?.upperBound),
              \(start.trialEnd))
            RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """)
        return try PluginSubscription(rows[0])
    }

    /// The subscription.
    ///
    /// - Throws: ``PluginSubscriptionError/notFound(_:)``; `PostgresError`.
    public func subscription(_ id: UUID) async throws -> PluginSubscription {
        let found = try await first(
            "SELECT \(unsafeSQL: PluginSubscription.columnList) FROM subscriptions WHERE id = \(id)")
        guard let found else { throw PluginSubscriptionError.notFound(id) }
        return found
    }

    /// A user's subscription to a plugin, whatever has become of it; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func subscription(of userID: UUID, to pluginID: String) async throws -> PluginSubscription? {
        try await first(
            "SELECT \(unsafeSQL: PluginSubscription.columnList) FROM subscriptions WHERE user_id = \(userID) AND plugin_id = \(pluginID)"
        )
    }

    /// The subscription that Stripe calls so; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func subscription(stripeSubscriptionID: String) async throws -> PluginSubscription? {
        try await first(
            "SELECT \(unsafeSQL: PluginSubscription.columnList) FROM subscriptions WHERE stripe_subscription_id = \(stripeSubscriptionID)"
        )
    }

    private func first(_ query: PostgresQuery) async throws -> PluginSubscription? {
        try await connection.query(query).first.map { try PluginSubscription($0) }
    }
}
