public import Foundation
import Postgres

/// Why something is no usage event.
public enum InvalidUsageEvent: Error, Sendable, Hashable, CustomStringConvertible {
    /// Less than 1.
    case quantity(Int64)
    /// The runs of an agent without a name.
    case namelessAgent

    /// One sentence.
    public var description: String {
        switch self {
        case .quantity(let quantity): "A usage event counts at least 1, not \(quantity)."
        case .namelessAgent: "The agent of a usage event has no name."
        }
    }
}

/// Ids that are taken by other events: the same id with another user, plugin, kind, quantity or time. Nothing of the batch
/// was recorded.
public struct UsageEventConflict: Error, Sendable, Hashable, CustomStringConvertible {
    /// The ids, in order.
    public let ids: [UUID]

    /// One sentence.
    public var description: String {
        "Usage events were recorded before with other contents: \(ids.map(\.lowercased).joined(separator: ", "))."
    }
}

/// A month's usage would exceed a plan's limit. Nothing of the batch was recorded.
public struct QuotaExceeded: Error, Sendable, Hashable, Decodable, CustomStringConvertible {
    /// Whose usage.
    public let userID: UUID
    /// Of which plugin.
    public let pluginID: String
    /// In which month.
    public let month: UsageMonth
    /// What is limited.
    public let metric: UsageMetric
    /// How much the plan allows in a month.
    public let limit: Int64
    /// How much of it was used before.
    public let used: Int64
    /// How much more the batch would have used.
    public let requested: Int64

    /// One sentence.
    public var description: String {
        "The plan for \(pluginID) allows \(limit) \(metric.rawValue) a month; "
            + "\(used) are used in \(month), \(requested) more are too many."
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case pluginID = "plugin_id"
        case month = "period"
        case metric, limit, used, requested
    }
}

extension PostgresError {
    /// What `record_usage_events` said with this error, where it is one of its own.
    var asUsageError: any Error {
        get throws {
            let detail = Data((detail ?? "").utf8)
            switch (sqlState, constraintName) {
            case (PostgresSQLState.uniqueViolation, "usage_event_ids_pkey"):
                return UsageEventConflict(ids: try JSONDecoder().decode([UUID].self, from: detail))
            case ("UQ001", _): return try JSONDecoder().decode(QuotaExceeded.self, from: detail)
            default: return self
            }
        }
    }
}
