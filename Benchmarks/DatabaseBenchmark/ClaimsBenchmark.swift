import DynamoDB
import DynamoDBEngine
import MiyabiDatabase

extension DatabaseBenchmark {
    /// Agents that are created, claimed, kept alive by one heartbeat and completed, from 16 tasks, against as many
    /// item writes into the same table by puts, one after the other: ten for each. Durable.
    static func claims(_ cycles: Int, in directory: String) async throws {
        var (ours, baseline) = (0.0, 0.0)
        try await withEngine(directory) { engine in
            baseline = try await rate(of: cycles, tasks: 16) { numbers in
                for part in 0..<10 {
                    _ = try await engine.putItem(
                        PutItemInput(
                            tableName: MiyabiTables.agentState.tableName,
                            item: [
                                "PK": .string("BARE#\(numbers.lowerBound)"), "SK": .string("STATE#\(part)"),
                                "status": "running", "progress": 65, "task": "tests",
                            ]))
                }
            }
            let store = AgentStateStore(dynamoDB: engine)
            ours = try await rate(of: cycles, tasks: 16) { numbers in
                let agent = "agent-\(numbers.lowerBound)"
                _ = try await store.create(agent)
                let claim = try await store.claim(agent, as: "worker")
                try await store.heartbeat(claim)
                try await store.complete(claim)
            }
        }
        report(ours: ours, baseline: baseline)
    }
}
