/// What was known of an agent at a moment: an item of its history in MiyabiAgentState (specification, section 3.3).
///
/// ```
/// PK  AGENT#exec-12345        SK  STATE#1764412200000     the history
/// PK  AGENT#exec-12345        SK  CLAIM                   the status now, and who holds the agent
/// ```
public struct AgentState: Sendable, Hashable {
    /// How long an agent's states are kept once it has ended.
    public static let retention = Duration.seconds(7 * 86_400)

    /// The agent's run.
    public let agentID: String
    /// Where it stood.
    public let status: AgentStatus
    /// What it told.
    public let report: AgentReport
    /// When: later than every state before, also where the clock of the host that wrote those was ahead.
    public let updatedAt: Timestamp
    /// The fencing number of the claim under which it was written; nil before the first.
    public let fencingNumber: Int?
    /// When the table may drop it: nil as long as the agent has not ended.
    public let expiresAt: Timestamp?
}
