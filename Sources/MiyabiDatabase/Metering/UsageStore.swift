import Foundation
import Postgres

/// Metering: rows of `usage_events` and `usage_aggregates` (specification, section 2.2.3; decision 0016).
///
/// A month's rollup is always the sum of its events, and each event appears in MiyabiEvents as `usage_event` too. Only `.service` may record; a user reads what is theirs.
public struct UsageStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey
    let changes: SessionChanges

    /// Records events and counts each in its own month, in one statement however many they are; some thousands at a time
    /// are best.
    ///
    /// An event counts once, however often, in whichever order and by however many writers it is recorded. Either all of
    /// the batch is recorded or nothing. Record once a transaction: two transactions that record twice can deadlock, and
    /// the server ends one of them (SQLSTATE 40P01).
    ///
    /// - Parameter enforcingQuotas: Whether to refuse what would take a month's total past the `limitations` of the user's
    ///   licence, or of the plugin. What was recorded before is not refused again.
    /// - Returns: What became of each event, in their order.
    /// - Throws: ``UsageEventConflict``, ``QuotaExceeded``, `PostgresError`.
    @discardableResult
    public func record(_ events: [UsageEvent], enforcingQuotas: Bool = false) async throws -> [UsageOutcome] {
        guard !events.isEmpty else { return [] }
        do {
            let rows = try await connection.query(
                """
                SELECT record_usage_events(\(events.map(\.id))::uuid[], \(events.map(\.userID))::uuid[],
                  \(events.map(\.pluginID))::text[], \(events.map(\.kind.metric.rawValue))::text[],
                  \(events.map(\.quantity))::bigint[], \(events.map(\.time.date))::timestamptz[],
                  ARRAY(SELECT jsonb_strip_nulls(jsonb_build_object('agent', agent))
                    FROM unnest(\(events.map(\.kind.agent))::text[]) WITH ORDINALITY AS given (agent, position)
                    ORDER BY position),
                  \(enforcingQuotas))
                """)
            changes.note()
            var new = Set(try rows[0].decode(0, as: [UUID].self))
            return events.map { new.remove($0.id) == nil ? .known : .recorded }
        } catch let error as PostgresError {
            throw try error.asUsageError
        }
    }

    /// Replaces the raw events before a month by their sums, one for each user, plugin, month, metric and agent. Their ids
    /// stay known for ever, so a late retry still counts once, and the rollups stay provable.
    ///
    /// - Returns: How many raw events are gone.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func expireRaw(before month: UsageMonth) async throws -> Int {
        try await connection.query("SELECT expire_usage_events(\(month.description))").decode(Int.self).first ?? 0
    }
}
