import DynamoDB

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
