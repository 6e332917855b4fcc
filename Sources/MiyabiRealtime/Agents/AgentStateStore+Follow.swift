import DynamoDB
public import Foundation

extension AgentStateStore {
    /// The agent that stands for an execution.
    public static func agentID(ofExecution id: UUID) -> String { "exec-\(id.lowercased)" }

    /// Brings the agent of an execution to the execution's status, unless it is there or further already: who holds its
    /// claim may have told more meanwhile. An end takes the claim away.
    ///
    /// - Parameters:
    ///   - id: The execution.
    ///   - name: What it has become.
    ///   - errorMessage: Why, if it failed.
    ///   - change: When.
    /// - Throws: ``AgentStateError``; `DynamoDBError`.
    package func follow(
        execution id: UUID, to name: String, errorMessage: String?, at change: Timestamp
    ) async throws {
        let agentID = Self.agentID(ofExecution: id)
        guard let status = AgentStatus(rawValue: name) else {
            throw AgentStateError(.illegalTransition, "no agent can have \(name)")
        }
        var moment = change
        let key = AgentKeys.claim(agentID)
        if try await leases.item(key) == nil { try await create(agentID, at: moment) }
        while let claim = try await leases.item(key), let last = claim["updated_at"]?.int {
            let current = try Self.status(of: claim)
            guard current.isBefore(status) else {
                // Whoever ended it may have stopped before this was done.
                if current.isFinal { try await expireHistory(of: agentID, ended: claim) }
                return
            }
            moment = max(moment, Timestamp(milliseconds: Int64(last) + 1))
            let state = AgentState(
                agentID: agentID, status: status, report: try await report(status, errorMessage, after: agentID),
                updatedAt: moment,
                fencingNumber: nil, expiresAt: status.isFinal ? clock() + AgentState.retention : nil)
            try state.check()
            _ = try await leases.attempt([
                .update(
                    Update(tableName: table, key: key.item, changes: changes(to: state))
                        .when(.attribute("status") == current.rawValue && .attribute("updated_at") == last)),
                .put(Put(tableName: table, item: state.item)),
            ])
        }
    }

    private func report(
        _ status: AgentStatus, _ errorMessage: String?, after agentID: String
    ) async throws -> AgentReport {
        var report = try await current(agentID)?.report ?? AgentReport()
        if status == .completed { report.progress = 100 }
        report.data["error_message"] = errorMessage.map { .string($0) }
        return report
    }
}

extension AgentStatus {
    /// Whether an agent that has this status can still come to the other.
    fileprivate func isBefore(_ other: AgentStatus) -> Bool {
        switch self {
        case .pending: other != .pending
        case .running: other.isFinal
        case .completed, .failed: false
        }
    }
}
