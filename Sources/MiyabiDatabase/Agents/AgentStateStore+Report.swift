import DynamoDB

extension AgentStateStore {
    /// Writes down what an agent tells of itself.
    ///
    /// - Throws: ``LeaseLost`` when another holds the claim; ``AgentStateError``; `DynamoDBError`.
    public func report(_ report: AgentReport, of claim: AgentClaim) async throws {
        try await write(report, .running, claim)
    }

    /// Ends an agent well and gives the claim back. All its states expire in ``AgentState/retention``.
    ///
    /// Ending it again under the same claim changes nothing, and goes on where an earlier call failed.
    ///
    /// - Throws: ``LeaseLost`` when another holds the claim; ``AgentStateError``; `DynamoDBError`.
    public func complete(_ claim: AgentClaim, _ report: AgentReport = AgentReport(progress: 100)) async throws {
        try await end(claim, .completed, report)
    }

    /// Ends an agent badly. Otherwise as ``complete(_:_:)``.
    ///
    /// - Throws: ``LeaseLost`` when another holds the claim; ``AgentStateError``; `DynamoDBError`.
    public func fail(_ claim: AgentClaim, _ report: AgentReport) async throws {
        try await end(claim, .failed, report)
    }

    private func end(_ claim: AgentClaim, _ status: AgentStatus, _ report: AgentReport) async throws {
        let ended = try await write(report, status, claim)
        try await expireHistory(of: claim.agentID, ended: ended)
    }

    /// Writes a state into the history and the agent's item, if the claim holds and the status may follow.
    ///
    /// - Returns: The agent's item, if it was in that final status already.
    @discardableResult
    func write(_ report: AgentReport, _ status: AgentStatus, _ claim: AgentClaim) async throws -> Item {
        let expiry = status.isFinal ? clock() + AgentState.retention : nil
        var moment = clock()
        while true {
            let state = AgentState(
                agentID: claim.agentID, status: status, report: report, updatedAt: moment,
                fencingNumber: claim.lease.fencingNumber, expiresAt: expiry)
            try state.check()
            do {
                try await commit(state, claim.lease)
                return state.item
            } catch is LeaseLost {
                return try await explain(claim, status)
            } catch let error as DynamoDBError {
                guard let item = error.failedConditions.first == true ? error.cancellationReasons.first?.item : nil,
                    let last = item["updated_at"]?.int
                else { throw error }
                // Another host's clock was ahead of this one's, or two reports came within a millisecond.
                moment = max(clock(), Timestamp(milliseconds: Int64(last) + 1))
            }
        }
    }

    private func commit(_ state: AgentState, _ lease: Lease) async throws {
        try await leases.update(
            lease, changes(to: state),
            when: .attribute("updated_at") < state.updatedAt.milliseconds
                && .isOne("status", of: state.status.predecessors.map { .string($0.rawValue) }),
            with: [.put(Put(tableName: table, item: state.item))])
    }

    /// What a new state changes in the claim; an end gives it back.
    func changes(to state: AgentState) -> [ItemChange] {
        let changes: [ItemChange] = [
            .set("status", to: state.status.rawValue), .set("updated_at", to: state.updatedAt.milliseconds),
        ]
        guard let expiry = state.expiresAt else { return changes }
        return changes + [.set("ttl", to: expiry.seconds)] + LeaseTable.releasing
    }

    /// Why a claim does not hold: another has it, or its holder ended the agent.
    private func explain(_ claim: AgentClaim, _ status: AgentStatus) async throws -> Item {
        guard let item = try await leases.item(claim.lease.key),
            try LeaseRecord(item).wasReleased(by: claim.lease)
        else { throw LeaseLost(claim.lease) }
        let current = try AgentStateStore.status(of: item)
        guard current.isFinal else { throw LeaseLost(claim.lease) }
        guard current == status else {
            throw AgentStateError(
                .illegalTransition,
                "agent \(claim.agentID) has \(current.rawValue): it cannot become \(status.rawValue)")
        }
        return item
    }
}
