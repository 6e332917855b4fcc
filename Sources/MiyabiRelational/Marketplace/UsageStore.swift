public import Foundation
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

/// What a user used of a plugin in a month: a row of `usage_aggregates`.
public struct UsageTotals: Sendable, Hashable {
    /// The plugin.
    public let pluginID: String
    /// Issues worked on.
    public var issues: Int64
    /// Tokens of language models.
    public var tokens: Int64
    /// Runs, by the agent's name.
    public var agentExecutions: [String: Int64]

    /// How much of a metric, all agents together.
    public subscript(metric: UsageMetric) -> Int64 {
        switch metric {
        case .issues: issues
        case .tokens: tokens
        case .agentExecutions: agentExecutions.values.reduce(0, +)
        }
    }
}

/// How much of a limited metric a user may use in a month, and has.
public struct UsageQuota: Sendable, Hashable {
    /// What is limited.
    public let metric: UsageMetric
    /// How much the plan allows: `<metric>_per_month` in its `limitations`.
    public let limit: Int64
    /// How much is used.
    public let used: Int64
    /// How much is left; 0 when the quota is used up, or more was recorded without enforcing it.
    public var remaining: Int64 { max(0, limit - used) }
}

extension UsageStore {
    /// What a user used in a month, by plugin, in the order of their ids.
    ///
    /// - Throws: `PostgresError`.
    public func totals(user: UUID, month: UsageMonth) async throws -> [UsageTotals] {
        try await totals(users: [user], month: month)[user] ?? []
    }

    /// What users used in a month, as billing reads it: by plugin, in the order of their ids, in one statement however
    /// many users they are. Those who used nothing are left out.
    ///
    /// - Throws: `PostgresError`.
    public func totals(users: Set<UUID>, month: UsageMonth) async throws -> [UUID: [UsageTotals]] {
        let rows: [(UUID, String, Int64, Int64, PostgresJSON)] = try await connection.query(
            """
            SELECT user_id, plugin_id, issues, tokens, agent_executions FROM usage_aggregates
            WHERE period = \(month.description) AND user_id = ANY(\(Array(users))::uuid[]) ORDER BY plugin_id
            """
        ).decode((UUID, String, Int64, Int64, PostgresJSON).self)
        return try rows.reduce(into: [:]) { totals, row in
            let (user, plugin, issues, tokens, agents) = row
            totals[user, default: []].append(
                UsageTotals(pluginID: plugin, issues: issues, tokens: tokens, agentExecutions: try agents.decode()))
        }
    }

    /// The limits of a user's use of a plugin in a month, in the order of ``UsageMetric``; a metric without one is left
    /// out.
    ///
    /// - Throws: `PostgresError`.
    public func quotas(user: UUID, plugin: String, month: UsageMonth) async throws -> [UsageQuota] {
        let used = try await totals(user: user, month: month).first { $0.pluginID == plugin }
        let limits = try await connection.query(
            """
            SELECT name, (usage_limitations(\(user), \(plugin)) ->> (name || '_per_month'))::bigint
            FROM unnest(\(UsageMetric.allCases.map(\.rawValue))::text[]) AS metric (name)
            """
        ).decode((String, Int64?).self)
        let known = Dictionary(uniqueKeysWithValues: limits)
        return UsageMetric.allCases.compactMap { metric in
            guard let limit = known[metric.rawValue] ?? nil else { return nil }
            return UsageQuota(metric: metric, limit: limit, used: used?[metric] ?? 0)
        }
    }
}

/// A number of a rollup that is not the sum of its raw events.
public struct UsageDifference: Sendable, Hashable, Encodable, CustomStringConvertible {
    /// Whose usage.
    public let userID: UUID
    /// Of which plugin.
    public let pluginID: String
    /// In which month.
    public let month: UsageMonth
    /// Which number.
    public let metric: UsageMetric
    /// Which agent's, for ``UsageMetric/agentExecutions``.
    public let agent: String?
    /// The sum of the raw events.
    public let raw: Int64
    /// What the rollup says.
    public let rollup: Int64

    /// `2025-11 pro 0a00…: tokens 5, events 3`.
    public var description: String {
        let number = ([metric.rawValue] + (agent.map { ["of", $0] } ?? [])).joined(separator: " ")
        return "\(month) \(pluginID) \(userID.lowercased): \(number) \(rollup), events \(raw)"
    }

    /// Writes `user_id`, `plugin_id`, `month`, `metric`, `agent` if there is one, `raw` and `rollup`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(userID.lowercased, forKey: .userID)
        try container.encode(pluginID, forKey: .pluginID)
        try container.encode(month, forKey: .month)
        try container.encode(metric, forKey: .metric)
        try container.encodeIfPresent(agent, forKey: .agent)
        try container.encode(raw, forKey: .raw)
        try container.encode(rollup, forKey: .rollup)
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case pluginID = "plugin_id"
        case month, metric, agent, raw, rollup
    }
}

extension UsageStore {
    /// Compares the rollups of a month, or of all, with the sums of their raw events, as of one moment.
    ///
    /// - Returns: Where they differ; empty is the proof that they do not.
    /// - Throws: `PostgresError`.
    public func verify(month: UsageMonth? = nil) async throws -> [UsageDifference] {
        try await differences("SELECT * FROM verify_usage(\(month?.description))")
    }

    /// Makes the rollups of a month, or of all, the sums of their raw events; recording waits until the transaction ends.
    ///
    /// - Returns: Where they differed.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func repair(month: UsageMonth? = nil) async throws -> [UsageDifference] {
        try await differences("SELECT * FROM repair_usage(\(month?.description))")
    }

    private func differences(_ query: PostgresQuery) async throws -> [UsageDifference] {
        try await connection.query(query).map { row in
            let (user, plugin, month, metric, agent, raw, rollup) = try row.decode(
                (UUID, String, UsageMonth, UsageMetric, String, Int64, Int64).self)
            return UsageDifference(
                userID: user, pluginID: plugin, month: month, metric: metric, agent: agent.isEmpty ? nil : agent,
                raw: raw, rollup: rollup)
        }
    }
}
