public import Foundation

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
