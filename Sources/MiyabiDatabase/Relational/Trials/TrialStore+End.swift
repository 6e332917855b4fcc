public import Foundation
import Postgres

extension TrialStore {
    /// Ends a trial by a subscription to what was tried, both in the caller's transaction.
    ///
    /// - Throws: ``TrialError``, when it is over or there is none; what ``PluginSubscriptionStore/open(_:_:userID:pluginID:)``
    ///   throws.
    @discardableResult
    public func convert(
        _ id: UUID, to terms: PluginSubscription.Terms, _ start: PluginSubscription.Start
    ) async throws -> PluginSubscription {
        let rows = try await connection.query(
            """
            UPDATE trials SET ended_at = now() WHERE id = \(id) AND ended_at IS NULL AND expires_at > now()
            RETURNING user_id, plugin_id
            """
        ).decode((UUID, String).self)
        guard let (userID, pluginID) = rows.first else {
            _ = try await trial(id)
            throw TrialError.over(id)
        }
        let subscriptions = PluginSubscriptionStore(connection: connection, cursorKey: cursorKey)
        return try await subscriptions.open(terms, start, userID: userID, pluginID: pluginID)
    }

    /// Ends trials that are over, by the server's clock; the longest over first. Many sweepers may ask at once: each trial
    /// ends once, and none waits for another.
    ///
    /// - Parameter limit: How many at most, 1 to 1,000.
    /// - Returns: Those that ended, in no order.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func endDue(limit: Int = 1000) async throws -> [Trial] {
        try await connection.query(
            """
            WITH due AS MATERIALIZED (
              SELECT id FROM trials WHERE ended_at IS NULL AND expires_at <= now()
              ORDER BY expires_at, id LIMIT \(min(max(limit, 1), 1000)) FOR UPDATE SKIP LOCKED
            )
            UPDATE trials SET ended_at = now() WHERE id IN (SELECT id FROM due)
            RETURNING \(unsafeSQL: Trial.columnList)
            """
        ).map { try Trial($0) }
    }
}
