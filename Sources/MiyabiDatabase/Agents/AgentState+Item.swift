import DynamoDB

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
