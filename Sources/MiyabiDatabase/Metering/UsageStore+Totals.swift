public import Foundation
import Postgres

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
