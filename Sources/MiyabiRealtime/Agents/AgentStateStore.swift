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

extension AgentStateStore {
    /// What is known of an agent now; nil when there is no such agent, or it ended more than
    /// ``AgentState/retention`` ago.
    ///
    /// - Throws: ``AgentStateError``; `DynamoDBError`.
    public func current(_ agentID: String) async throws -> AgentState? {
        var query = stateQuery(agentID)
        query.scanIndexForward = false
        query.limit = 1
        return try live(try await dynamoDB.query(query)).first
    }

    /// The states of an agent, oldest first, page by page. Nothing is read before a page is asked for.
    ///
    /// - Parameters:
    ///   - agentID: The agent's run.
    ///   - moment: ``AgentState/updatedAt`` of the last state that is known: those after it are listed.
    ///   - pageSize: States a page, 1 to 1,000.
    /// - Returns: Pages, none of them empty. Reading them throws ``AgentStateError`` and `DynamoDBError`.
    public func history(
        of agentID: String, after moment: Timestamp? = nil, pageSize: Int = 100
    ) -> some AsyncSequence<[AgentState], any Error> & Sendable {
        var query = stateQuery(agentID, after: moment)
        query.limit = min(max(pageSize, 1), 1000)
        return dynamoDB.queryPages(query).map { try live($0) }.filter { !$0.isEmpty }
    }

    /// What an agent's item says of its status.
    static func status(of claim: Item) throws(AgentStateError) -> AgentStatus {
        guard let status = claim["status"]?.string.flatMap(AgentStatus.init(rawValue:)) else {
            throw AgentStateError(
                .unreadableItem, "the item \(claim["PK"]?.string ?? "") CLAIM has no status that this version knows")
        }
        return status
    }

    func stateQuery(_ agentID: String, after moment: Timestamp? = nil) -> QueryInput {
        QueryInput(tableName: table, consistentRead: true).matching(
            .equal("PK", AgentKeys.partition(agentID)),
            .above("SK", moment.map(AgentKeys.stateSort) ?? AgentKeys.statePrefix))
    }

    private func live(_ page: QueryOutput) throws -> [AgentState] {
        let items = page.items ?? []
        let now = clock()
        return try items.filter { !$0.isExpired(at: now) }.map { item in try AgentState(item: item) }
    }
}

extension AgentStateStore {
    /// Lets every state of an agent that has ended expire when its item does. May be done again at any time.
    func expireHistory(of agentID: String, ended item: Item) async throws {
        guard let expiry = item["ttl"] else { return }
        let query = stateQuery(agentID).filtered(by: .absent("ttl")).returning("PK", "SK")
        for try await page in dynamoDB.queryPages(query) {
            _ = try await concurrently(page.items ?? [], atMost: 16) { key in
                try await leases.repeating {
                    try await dynamoDB.updateItem(
                        UpdateItemInput(tableName: table, key: key, .set("ttl", to: expiry)).when(.exists("PK")))
                }
            }
        }
    }
}
