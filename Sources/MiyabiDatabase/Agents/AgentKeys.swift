import DynamoDB

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
