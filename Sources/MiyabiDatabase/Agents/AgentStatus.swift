/// Where an agent's run stands: pending, then running, then completed or failed, which are for good.
public enum AgentStatus: String, Sendable, Hashable, CaseIterable {
    /// Waits for somebody to claim it.
    case pending
    /// Claimed, now or before.
    case running
    /// Ended well.
    case completed
    /// Ended badly.
    case failed

    /// Whether nothing comes after it.
    public var isFinal: Bool { self == .completed || self == .failed }

    /// What an agent may be in when it is reported to be in this one.
    var predecessors: [AgentStatus] {
        switch self {
        case .pending: []
        case .running: [.pending, .running]
        case .completed, .failed: [.running]
        }
    }
}
