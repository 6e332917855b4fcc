import AWSCore
public import DynamoDB

/// The states of running agents in MiyabiAgentState: who runs an agent, what it does, how far it is.
///
/// Works alike on AWS, on any compatible server and on the embedded engine.
/// ```swift
/// let agents = database.agentStates
/// try await agents.create("exec-12345")
/// try await agents.withClaim("exec-12345", as: host) { claim in
///     try await agents.report(AgentReport(currentTask: "Running the tests", progress: 65), of: claim)
///     try await agents.complete(claim)
/// }
/// ```
/// Every write of a claim's holder is one transaction with a check of the claim: a holder that was taken over while it
/// slept changes nothing when it wakes up.
public struct AgentStateStore: Sendable {
    let dynamoDB: any DynamoDBAPI
    let leases: LeaseTable
    let clock: @Sendable () -> Timestamp
    var table: String { leases.name }

    /// A store over the table of ``MiyabiTables/agentState``.
    ///
    /// - Parameters:
    ///   - dynamoDB: Where the table is.
    ///   - clock: What time it is, for the history and for expiry, not for claims; tests hand in their own.
    public init(dynamoDB: any DynamoDBAPI, clock: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.init(dynamoDB: dynamoDB, clock: clock, pacing: .real)
    }

    init(dynamoDB: any DynamoDBAPI, clock: @escaping @Sendable () -> Timestamp, pacing: Pacing) {
        self.dynamoDB = dynamoDB
        self.clock = clock
        leases = LeaseTable(dynamoDB: dynamoDB, pacing: pacing)
    }

    /// Opens an agent's run, pending. One that is there is left as it is, whatever has become of it since.
    ///
    /// - Parameters:
    ///   - agentID: The run's identifier, used for no other run: 1 to 1,024 bytes of UTF-8.
    ///   - report: What is known before it begins.
    /// - Returns: Whether it is new.
    /// - Throws: ``AgentStateError``; `DynamoDBError`.
    @discardableResult
    public func create(_ agentID: String, _ report: AgentReport = AgentReport()) async throws -> Bool {
        try await create(agentID, report, at: clock())
    }

    @discardableResult
    func create(_ agentID: String, _ report: AgentReport = AgentReport(), at moment: Timestamp) async throws -> Bool {
        try check(agentID)
        let state = AgentState(
            agentID: agentID, status: .pending, report: report, updatedAt: moment, fencingNumber: nil, expiresAt: nil)
        try state.check()
        var claim = AgentKeys.claim(agentID).unheld
        claim["agent_id"] = .string(agentID)
        claim["status"] = .string(state.status.rawValue)
        claim["updated_at"] = .number(state.updatedAt.milliseconds)
        let writes: [TransactWriteItem] = [
            .put(Put(tableName: table, item: claim).when(.absent("PK"))), .put(Put(tableName: table, item: state.item)),
        ]
        return try await leases.attempt(writes)
    }

    func check(_ agentID: String) throws(AgentStateError) {
        guard (1...1024).contains(agentID.utf8.count) else {
            throw AgentStateError(
                .invalidAgentID, "an agent's identifier has 1 to 1,024 bytes, not \(agentID.utf8.count)")
        }
    }
}
