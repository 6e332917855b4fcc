import DynamoDB

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
