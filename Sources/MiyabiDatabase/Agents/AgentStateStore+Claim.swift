import DynamoDB

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
