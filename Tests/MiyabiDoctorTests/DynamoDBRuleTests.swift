import DynamoDB
import DynamoDBEngine
import Foundation
import MiyabiDatabase
import MiyabiDoctor
import MiyabiTestSupport
import Testing

@Suite struct DynamoDBRuleTests {
    private static func findings(
        _ engine: Engine, isEmbedded: Bool = false, _ rules: String...
    ) async throws -> [Finding] {
        var doctor = Doctor(advice: SettingAdvice(demandedConnections: 20))
        if !rules.isEmpty { doctor.rules = Set(rules) }
        return try await doctor.examine(engine, isEmbedded: isEmbedded).findings
    }

    @Test func theTablesAsTheProductMakesThemAreWell() async throws {
        try await withEngine { engine in
            try await MiyabiTables.createMissing(on: engine)
            let embedded = try await Self.findings(engine, isEmbedded: true)
            #expect(embedded.map(\.rule) == ["dynamodb-pitr-off"] && embedded[0].level == .advice)
            #expect(embedded[0].mend == "miyabi recovery enable")
            for table in MiyabiTables.all {
                _ = try await engine.updateContinuousBackups(
                    UpdateContinuousBackupsInput(
                        tableName: table.tableName,
                        pointInTimeRecoverySpecification: .init(pointInTimeRecoveryEnabled: true)))
            }
            #expect(try await Self.findings(engine, isEmbedded: true) == [])
            // Elsewhere a table wants to be protected, too.
            let external = try await Self.findings(engine)
            #expect(external.map(\.rule) == Array(repeating: "dynamodb-deletion-protection-off", count: 3))
            for table in MiyabiTables.all {
                var input = UpdateTableInput(tableName: table.tableName)
                input.deletionProtectionEnabled = true
                _ = try await engine.updateTable(input)
            }
            #expect(try await Self.findings(engine) == [])
        }
    }

    @Test func tablesThatDifferAreTold() async throws {
        try await withEngine { engine in
            var events = MiyabiTables.events
            events.globalSecondaryIndexes = Array(events.globalSecondaryIndexes?.prefix(1) ?? [])
            events.attributeDefinitions.removeAll { $0.attributeName.hasPrefix("GSI2") }
            events.streamSpecification = nil
            _ = try await engine.createTable(events)
            var states = MiyabiTables.agentState
            states.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
            _ = try await engine.createTable(states)
            _ = try await engine.waitUntilActive(events.tableName, timeout: .seconds(20))
            _ = try await engine.waitUntilActive(states.tableName, timeout: .seconds(20))

            let found = try await Self.findings(
                engine, "dynamodb-table-missing", "dynamodb-table-different", "dynamodb-stream-off", "dynamodb-ttl-off",
                "dynamodb-pitr-off", "dynamodb-capacity")
            let told = found.map { "\($0.level) \($0.rule) \($0.object)" }
            #expect(
                told == [
                    "error dynamodb-table-missing table MiyabiWebSocketMessages",
                    "error dynamodb-table-different table MiyabiEvents",
                    "warning dynamodb-stream-off table MiyabiEvents",
                    "warning dynamodb-ttl-off table MiyabiEvents",
                    "warning dynamodb-ttl-off table MiyabiAgentState",
                    "warning dynamodb-pitr-off table MiyabiEvents",
                    "warning dynamodb-pitr-off table MiyabiAgentState",
                    "warning dynamodb-capacity table MiyabiAgentState",
                ])
            #expect(found[1].message.contains("it has no index GSI2"))
        }
    }

    @Test func capacityBeyondTheSpecificationIsTold() async throws {
        try await withEngine { engine in
            try await MiyabiTables.createMissing(on: engine)
            var more = UpdateTableInput(tableName: MiyabiTables.agentState.tableName)
            more.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 500, writeCapacityUnits: 50)
            _ = try await engine.updateTable(more)
            var provisioned = UpdateTableInput(tableName: MiyabiTables.webSocketMessages.tableName)
            provisioned.billingMode = .provisioned
            provisioned.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 20, writeCapacityUnits: 20)
            provisioned.globalSecondaryIndexUpdates = [
                GlobalSecondaryIndexUpdate(
                    update: UpdateGlobalSecondaryIndexAction(
                        indexName: "GSI1",
                        provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 20, writeCapacityUnits: 5)))
            ]
            _ = try await engine.updateTable(provisioned)
            let found = try await Self.findings(engine, "dynamodb-capacity")
            #expect(
                found.map { "\($0.level) \($0.object)" } == [
                    "warning index GSI1 of MiyabiWebSocketMessages", "advice table MiyabiAgentState",
                ])
        }
    }

    @Test func anItemNearTheLimitIsTold() async throws {
        try await withEngine { engine in
            try await MiyabiTables.createMissing(on: engine)
            func put(_ key: String, _ bytes: Int) async throws {
                _ = try await engine.putItem(
                    PutItemInput(
                        tableName: MiyabiTables.events.tableName,
                        item: [
                            "PK": .string(key), "SK": .string("a"),
                            "data": .string(String(repeating: "x", count: bytes)),
                        ]))
            }
            for number in 0..<20 { try await put("small \(number)", 2000) }
            #expect(try await Self.findings(engine, "dynamodb-large-items") == [])
            try await put("it's \"large\"", 350 << 10)
            let finding = try #require(try await Self.findings(engine, "dynamodb-large-items").first)
            #expect(finding.level == .warning && finding.evidence["is_sample"] == .flag(true))
            #expect(finding.evidence["large_items"] == .integer(1) && finding.evidence["sampled_items"] == .integer(21))
            #expect(finding.mend.contains(#"'{"PK": {"S": "it'\''s \"large\""}, "SK": {"S": "a"}}'"#))
        }
    }
}
