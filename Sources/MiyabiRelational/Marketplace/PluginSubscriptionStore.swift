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

/// What becomes of a subscription. Stripe tells each change at least once and in no certain order: told twice, a change is
/// none, and a period never goes back.
extension PluginSubscriptionStore {
    /// Writes down that a period is paid. A period that ends before the one that is known changes nothing.
    ///
    /// - Returns: The subscription as it is then.
    /// - Throws: ``PluginSubscriptionError``, when it is canceled or there is none; `PostgresError`.
    @discardableResult
    public func renew(_ id: UUID, for period: Range<Date>) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE subscriptions SET status = 'active', current_period_start = \(period.lowerBound),
              current_period_end = \(period.upperBound)
            WHERE id = \(id) AND status <> 'canceled' AND coalesce(current_period_end <= \(period.upperBound), true)
            RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """)
        if let row = rows.first { return try PluginSubscription(row) }
        return try await unlessCanceled(id, to: .active)
    }

    /// Writes down that a period could not be paid. A period that ends before the one that is known changes nothing, and
    /// one that is known to be paid stays so.
    ///
    /// - Returns: The subscription as it is then.
    /// - Throws: ``PluginSubscriptionError``, when it is canceled or there is none; `PostgresError`.
    @discardableResult
    public func markPastDue(_ id: UUID, for period: Range<Date>) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE subscriptions SET status = 'past_due', current_period_start = \(period.lowerBound),
              current_period_end = \(period.upperBound)
            WHERE id = \(id) AND status <> 'canceled' AND (coalesce(current_period_end < \(period.upperBound), true)
              OR current_period_end = \(period.upperBound) AND status <> 'active')
            RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """)
        if let row = rows.first { return try PluginSubscription(row) }
        return try await unlessCanceled(id, to: .pastDue)
    }

    /// Ends a subscription now. Told twice, it is no error.
    ///
    /// - Throws: ``PluginSubscriptionError``, when there is none; `PostgresError`.
    @discardableResult
    public func cancel(_ id: UUID) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE subscriptions SET status = 'canceled' WHERE id = \(id)
            RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """)
        guard let row = rows.first else { throw PluginSubscriptionError.notFound(id) }
        return try PluginSubscription(row)
    }

    /// Begins a canceled subscription anew, in its row.
    ///
    /// - Throws: ``PluginSubscriptionError``, when it is not canceled; `PostgresError`.
    @discardableResult
    public func reopen(
        _ id: UUID, _ terms: PluginSubscription.Terms, _ start: PluginSubscription.Start
    ) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE subscriptions SET tier = \(terms.tier), license_key = \(terms.licenseKey),
              stripe_subscription_id = \(terms.stripeSubscriptionID), stripe_customer_id = \(terms.stripeCustomerID),
              status = \(start.status), current_period_start = \(start.period?.lowerBound),
              current_period_end = \(start.period?.upperBound), trial_ends_at = \(start.trialEnd),
              cancel_at_period_end = false
            WHERE id = \(id) AND status = 'canceled' RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """)
        if let row = rows.first { return try PluginSubscription(row) }
        let present = try await subscription(id)
        throw PluginSubscriptionError.illegalTransition(id, from: present.status, to: start.status)
    }

    private func unlessCanceled(
        _ id: UUID, to status: PluginSubscriptionStatus
    ) async throws -> PluginSubscription {
        let present = try await subscription(id)
        guard present.status != .canceled else {
            throw PluginSubscriptionError.illegalTransition(id, from: .canceled, to: status)
        }
        return present
    }
}

extension PluginSubscriptionStore {
    /// Decides whether a subscription ends with its period: all that is its user's to decide.
    ///
    /// - Throws: ``PluginSubscriptionError``, when it is canceled, has no period, or is not the caller's; `PostgresError`.
    @discardableResult
    public func setCancelsAtPeriodEnd(_ cancels: Bool, _ id: UUID) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE subscriptions SET cancel_at_period_end = \(cancels)
            WHERE id = \(id) AND status <> 'canceled' AND (current_period_end IS NOT NULL OR NOT \(cancels))
            RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """)
        if let row = rows.first { return try PluginSubscription(row) }
        let present = try await subscription(id)
        guard present.status != .canceled else {
            throw PluginSubscriptionError.illegalTransition(id, from: .canceled, to: .canceled)
        }
        throw present.periodEnd == nil ? PluginSubscriptionError.unlimited(id) : .notFound(id)
    }

    /// Ends subscriptions that were to end with a period that is over, by the server's clock; the longest due first. Many
    /// sweepers may ask at once: each subscription ends once, and none waits for another.
    ///
    /// - Parameter limit: How many at most, 1 to 1,000.
    /// - Returns: Those that ended, in no order.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func endDue(limit: Int = 1000) async throws -> [PluginSubscription] {
        try await connection.query(
            """
            WITH due AS MATERIALIZED (
              SELECT id FROM subscriptions
              WHERE cancel_at_period_end AND status <> 'canceled' AND current_period_end <= now()
              ORDER BY current_period_end, id LIMIT \(min(max(limit, 1), 1000)) FOR UPDATE SKIP LOCKED
            )
            UPDATE subscriptions SET status = 'canceled' WHERE id IN (SELECT id FROM due)
            RETURNING \(unsafeSQL: PluginSubscription.columnList)
            """
        ).map { try PluginSubscription($0) }
    }
}

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
