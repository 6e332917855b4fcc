/// The right to run an agent and to write its state.
public struct AgentClaim: Sendable, Hashable {
    /// The agent's run.
    public let agentID: String
    /// Who holds it, how long it lasts after each heartbeat, and its fencing number.
    public let lease: Lease
}
