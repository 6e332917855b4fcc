public import Foundation
import Postgres

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
