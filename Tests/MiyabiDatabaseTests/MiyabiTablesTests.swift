import DynamoDB
import DynamoDBEngine
import MiyabiDatabase
import MiyabiTestSupport
import Testing

@Suite("MiyabiTables")
struct MiyabiTablesTests {
    @Test("are made once, by however many, with the keys of the specification and expiry by ttl")
    func make() async throws {
        try await withEngine { engine in
            let made = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 { group.addTask { try await MiyabiTables.createMissing(on: engine) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let names = ["MiyabiAgentState", "MiyabiEvents", "MiyabiWebSocketMessages"]
            #expect(made.sorted() == names)
            #expect(try await engine.listTables(ListTablesInput()).tableNames == names)
            for table in MiyabiTables.all {
                let description = try await engine.describeTable(DescribeTableInput(tableName: table.tableName)).table
                #expect(description.keySchema == table.keySchema)
                #expect(Set(description.attributeDefinitions ?? []) == Set(table.attributeDefinitions))
                #expect(description.billingModeSummary?.billingMode ?? .provisioned == table.billingMode)
                #expect(
                    Set((description.globalSecondaryIndexes ?? []).map(\.indexName))
                        == Set((table.globalSecondaryIndexes ?? []).map(\.indexName)))
                #expect(description.streamSpecification == table.streamSpecification)
                let expiry = try await engine.describeTimeToLive(DescribeTimeToLiveInput(tableName: table.tableName))
                #expect(expiry.timeToLiveDescription.attributeName == "ttl")
                #expect([.enabled, .enabling].contains(expiry.timeToLiveDescription.timeToLiveStatus))
            }
            let throughput = try await engine.describeTable(DescribeTableInput(tableName: "MiyabiAgentState"))
                .table.provisionedThroughput
            #expect(throughput?.writeCapacityUnits == 5)
            #expect(throughput?.readCapacityUnits == 10)
            #expect(try await MiyabiTables.createMissing(on: engine).isEmpty)
        }
    }

    @Test("name the difference when a table is otherwise")
    func differences() async throws {
        var noSortKey = MiyabiTables.agentState
        noSortKey.keySchema?.removeLast()
        noSortKey.attributeDefinitions.removeLast()
        var textSortKey = MiyabiTables.webSocketMessages
        textSortKey.attributeDefinitions[1] = AttributeDefinition(attributeName: "SK", attributeType: .string)
        var oneIndex = MiyabiTables.events
        oneIndex.globalSecondaryIndexes?.removeLast()
        oneIndex.attributeDefinitions.removeLast(2)
        var lean = MiyabiTables.events
        lean.globalSecondaryIndexes?[1].projection = Projection(projectionType: .keysOnly)
        for (table, difference) in [
            (noSortKey, "its key is (PK S), not (PK S, SK S)"),
            (textSortKey, "its key is (PK S, SK S), not (PK S, SK N)"),
            (oneIndex, "it has no index GSI2"), (lean, "index GSI2 projects KEYS_ONLY, not ALL"),
        ] {
            try await withEngine { engine in
                var table = table
                table.streamSpecification = nil
                _ = try await engine.createTable(table)
                let error = await #expect(throws: TableError.self) { try await MiyabiTables.createMissing(on: engine) }
                #expect(
                    error?.description
                        == "The DynamoDB table \(table.tableName) is not what Miyabi needs: \(difference).")
            }
        }
    }
}
