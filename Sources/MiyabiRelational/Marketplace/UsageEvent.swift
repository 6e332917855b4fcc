public import Foundation
public import Postgres

/// Something that was used and is billed.
public struct UsageEvent: Sendable, Hashable, Identifiable {
    /// What was used.
    public enum Kind: Sendable, Hashable {
        /// Issues worked on.
        case issues
        /// Tokens of language models.
        case tokens
        /// Runs of an agent, which are counted under its name.
        case agentExecutions(of: String)

        /// What it counts for.
        public var metric: UsageMetric {
            switch self {
            case .issues: .issues
            case .tokens: .tokens
            case .agentExecutions: .agentExecutions
            }
        }

        var agent: String? {
            if case .agentExecutions(let agent) = self { agent } else { nil }
        }
    }

    /// Made once by whoever causes the event and repeated with every retry: an id counts once.
    public let id: UUID
    /// Who is billed: a row of users.
    public let userID: UUID
    /// Which plugin was used.
    public let pluginID: String
    /// What was used.
    public let kind: Kind
    /// How much of it; 1 or more.
    public let quantity: Int64
    /// When: it decides the month.
    public let time: Timestamp

    /// An event.
    ///
    /// - Throws: ``InvalidUsageEvent`` when there is nothing to count, or an agent has no name.
    public init(
        id: UUID, userID: UUID, pluginID: String, kind: Kind, quantity: Int64 = 1, time: Timestamp
    ) throws(InvalidUsageEvent) {
        guard quantity >= 1 else { throw .quantity(quantity) }
        guard kind.agent != "" else { throw .namelessAgent }
        self.id = id
        self.userID = userID
        self.pluginID = pluginID
        self.kind = kind
        self.quantity = quantity
        self.time = time
    }
}

/// What became of an event that was to be recorded.
public enum UsageOutcome: Sendable, Hashable {
    /// It is counted now.
    case recorded
    /// It was counted before: by an earlier call, or earlier in the same batch.
    case known
}

/// What a plan counts and limits: the columns of `usage_aggregates` (specification, section 2.2.3).
public enum UsageMetric: String, Sendable, Hashable, CaseIterable, Codable, PostgresDecodable {
    /// Issues worked on.
    case issues
    /// Tokens of language models.
    case tokens
    /// Runs of agents.
    case agentExecutions = "agent_executions"
}

/// A calendar month in UTC, written `2025-11`: the period that usage is billed for.
public struct UsageMonth: RawRepresentable, Sendable, Hashable, Comparable, Codable, LosslessStringConvertible {
    /// The year; 0 or more.
    public let year: Int
    /// 1 to 12.
    public let month: Int

    /// The month that a moment falls in.
    public init(containing moment: Timestamp) {
        (year, month, _) = CivilDay(moment).components
    }

    /// Reads `2025-11`; nil for anything else.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 7, let start = Timestamp(iso8601: rawValue + "-01") else { return nil }
        self.init(containing: start)
    }

    /// Reads `2025-11`; nil for anything else.
    public init?(_ description: String) { self.init(rawValue: description) }

    /// `2025-11`.
    public var rawValue: String { "\(year.padded(4))-\(month.padded(2))" }

    /// `2025-11`.
    public var description: String { rawValue }

    /// By time.
    public static func < (left: UsageMonth, right: UsageMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}

extension UsageMonth: PostgresDecodable {}

/// What the metering wrote down: a row of `usage_events` (specification, section 2.2.3).
public struct UsageRecord: Sendable, Hashable, Identifiable {
    /// The event's id; of a sum, an id of its own.
    public var id: UUID
    /// Who is billed: a row of users.
    public var userID: UUID
    /// Which plugin was used.
    public var pluginID: String
    /// What was used; nil for a row that is not the metering's.
    public var metric: UsageMetric?
    /// Which agent ran, if agents did.
    public var agent: String?
    /// How much was used.
    public var quantity: Int64
    /// How many events it is the sum of: 1, or more once they have expired.
    public var events: Int64
    /// When; of a sum, when its month begins.
    public var time: Date
}

extension UsageRecord: KeysetRow {
    static let table = "usage_events"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.time }
    static let columns = [
        "id", "user_id", "plugin_id", "event_type", "event_data ->> 'agent' AS agent",
        "coalesce(whole_number(event_data -> 'increment'), 0) AS quantity",
        "coalesce(whole_number(event_data -> 'events'), 1) AS events", "created_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        metric = UsageMetric(rawValue: try row.decode("event_type"))
        agent = try row.decode("agent")
        quantity = try row.decode("quantity")
        events = try row.decode("events")
        time = try row.decode("created_at")
    }
}

/// Why something is no usage event.
public enum InvalidUsageEvent: Error, Sendable, Hashable, CustomStringConvertible {
    /// Less than 1.
    case quantity(Int64)
    /// The runs of an agent without a name.
    case namelessAgent

    /// One sentence.
    public var description: String {
        switch self {
        case .quantity(let quantity): "A usage event must count at least 1, not \(quantity)."
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
        "Usage events were recorded before with different contents: \(ids.map(\.lowercased).joined(separator: ", "))."
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
            + "\(used) are used in \(month), so \(requested) more would exceed the limit."
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
