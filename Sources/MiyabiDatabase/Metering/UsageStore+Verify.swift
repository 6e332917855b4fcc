public import Foundation
import Postgres

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
