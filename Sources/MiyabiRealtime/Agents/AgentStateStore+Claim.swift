import DynamoDB

/// The right to run an agent and to write its state.
public struct AgentClaim: Sendable, Hashable {
    /// The agent's run.
    public let agentID: String
    /// Who holds it, how long it lasts after each heartbeat, and its fencing number.
    public let lease: Lease
}

extension AgentStateStore {
    /// Claims an agent, once nobody holds it or its holder has shown no life for its lease. A pending agent is running
    /// from then on; a running one goes on from ``current(_:)``.
    ///
    /// - Parameters:
    ///   - agentID: The run to claim.
    ///   - owner: Who claims it, for people to read: 1 to 255 bytes of UTF-8.
    ///   - duration: How long the claim lasts after each heartbeat, 10 milliseconds to a day.
    ///   - patience: How long to wait; nil for as long as it takes. To take over from a holder that stopped it must be
    ///     more than that holder's duration.
    /// - Throws: ``LeaseError``, with the code ``LeaseError/Code/held`` when another still has it; ``AgentStateError``
    ///   when there is no such agent or it has ended; `DynamoDBError`.
    public func claim(
        _ agentID: String, as owner: String, for duration: Duration = .seconds(30),
        waitingAtMost patience: Duration? = nil
    ) async throws -> AgentClaim {
        try check(agentID)
        let request = try LeaseRequest(
            AgentKeys.claim(agentID), owner: owner, duration: duration, patience: patience)
        let claim = AgentClaim(
            agentID: agentID, lease: try await leases.acquire(request) { try await admit($0, to: agentID) })
        if let state = try await current(agentID), state.status == .pending {
            try await write(state.report, .running, claim)
        }
        return claim
    }

    /// Shows that a claim's holder lives: the claim lasts its duration from now.
    ///
    /// - Throws: ``LeaseLost``; `DynamoDBError`.
    public func heartbeat(_ claim: AgentClaim) async throws {
        try await leases.heartbeat(claim.lease)
    }

    /// Gives a claim back: the next one to ask goes on with the agent at once.
    ///
    /// - Throws: ``LeaseLost`` when another took it over; `DynamoDBError`; then the claim expires.
    public func release(_ claim: AgentClaim) async throws {
        try await leases.release(claim.lease)
    }

    /// Claims an agent, runs some work with heartbeats beside it, and gives the claim back. Parameters as for `claim`.
    ///
    /// - Parameter work: Reports with the claim, and ends the agent with ``complete(_:_:)`` or ``fail(_:_:)``; otherwise
    ///   the agent is left running, for another to claim. It is cancelled when the claim is lost.
    /// - Throws: ``LeaseLost`` when the claim was lost, also if the work then returned; what the work throws; what
    ///   `claim` and `release` throw.
    public func withClaim<Value: Sendable>(
        _ agentID: String, as owner: String, for duration: Duration = .seconds(30),
        waitingAtMost patience: Duration? = nil, _ work: @escaping @Sendable (AgentClaim) async throws -> Value
    ) async throws -> Value {
        let claim = try await claim(agentID, as: owner, for: duration, waitingAtMost: patience)
        return try await leases.hold(claim.lease) { try await work(claim) }
    }

    /// Only an agent that is there and has not ended can be claimed.
    private func admit(_ claim: Item?, to agentID: String) async throws {
        guard let claim else { throw AgentStateError(.unknownAgent, "there is no agent \(agentID)") }
        let status = try AgentStateStore.status(of: claim)
        guard status.isFinal else { return }
        // Whoever ended it may have stopped before this was done.
        try await expireHistory(of: agentID, ended: claim)
        throw AgentStateError(.illegalTransition, "agent \(agentID) has \(status.rawValue): it cannot run again")
    }
}

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
