public import DynamoDB

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

/// What an agent tells of itself.
public struct AgentReport: Sendable, Hashable {
    /// What it is doing, for people to read.
    public var currentTask: String?
    /// How far it is, in percent: 0 to 100.
    public var progress: Int
    /// Whatever else it wants to find again, when it goes on elsewhere too.
    public var data: Item

    /// What an agent tells of itself.
    public init(currentTask: String? = nil, progress: Int = 0, data: Item = [:]) {
        self.currentTask = currentTask
        self.progress = progress
        self.data = data
    }

    /// Refuses what the table would not take.
    func check() throws(AgentStateError) {
        guard (0...100).contains(progress) else {
            throw AgentStateError(.progressOutOfRange, "progress is a percentage from 0 to 100, not \(progress)")
        }
        guard ItemLimits.allowNesting(of: data) else {
            throw AgentStateError(.tooDeep, "an agent's data nest deeper than \(ItemLimits.depth) levels")
        }
    }
}

extension AgentState {
    /// The item to put.
    var item: Item {
        var item = AgentKeys.state(agentID, at: updatedAt)
        item["agent_id"] = .string(agentID)
        item["status"] = .string(status.rawValue)
        item["current_task"] = report.currentTask.map { .string($0) }
        item["progress"] = .number(report.progress)
        item["state_data"] = .map(report.data)
        item["updated_at"] = .number(updatedAt.milliseconds)
        item["fencing"] = fencingNumber.map { .number($0) }
        item["ttl"] = expiresAt.map { .number($0.seconds) }
        return item
    }

    /// Reads what ``item`` wrote.
    init(item: Item) throws(AgentStateError) {
        guard let agentID = item["agent_id"]?.string,
            let status = item["status"]?.string.flatMap(AgentStatus.init(rawValue:)),
            let progress = item["progress"]?.int, let data = item["state_data"]?.map,
            let updatedAt = item["updated_at"]?.int
        else {
            throw AgentStateError(
                .unreadableItem,
                "an item of MiyabiAgentState is no agent's state: PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.string ?? "none")")
        }
        self.init(
            agentID: agentID, status: status,
            report: AgentReport(currentTask: item["current_task"]?.string, progress: progress, data: data),
            updatedAt: Timestamp(milliseconds: Int64(updatedAt)), fencingNumber: item["fencing"]?.int,
            expiresAt: item.expiry)
    }

    /// Refuses what the table would not take.
    func check() throws(AgentStateError) {
        try report.check()
        let size = item.sizeInBytes
        guard size <= ItemLimits.bytes else {
            throw AgentStateError(
                .tooLarge, "a state of agent \(agentID) takes \(size) bytes; DynamoDB holds at most \(ItemLimits.bytes)"
            )
        }
    }
}

/// The keys of MiyabiAgentState that concern an agent.
enum AgentKeys {
    static let statePrefix = "STATE#"

    static func partition(_ agentID: String) -> String { "AGENT#\(agentID)" }

    static func claim(_ agentID: String) -> LeaseKey { LeaseKey(partition: partition(agentID)) }

    static func state(_ agentID: String, at moment: Timestamp) -> Item {
        ["PK": .string(partition(agentID)), "SK": .string(stateSort(moment))]
    }

    static func stateSort(_ moment: Timestamp) -> String { statePrefix + moment.sortKey }
}

/// Why an agent's state could not be written or read. Nothing was changed.
public struct AgentStateError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The agent's identifier is empty or longer than 1,024 bytes of UTF-8.
        public static let invalidAgentID = Code(description: "invalidAgentID")
        /// Progress below 0 or above 100.
        public static let progressOutOfRange = Code(description: "progressOutOfRange")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The data nest deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// There is no such agent.
        public static let unknownAgent = Code(description: "unknownAgent")
        /// The agent has ended: nothing comes after that.
        public static let illegalTransition = Code(description: "illegalTransition")
        /// An item in the table is not a state as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the agent's data.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
