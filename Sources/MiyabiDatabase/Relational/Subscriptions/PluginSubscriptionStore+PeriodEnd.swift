public import Foundation
import Postgres

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
