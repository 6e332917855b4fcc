import DynamoDB
import Testing

@testable import DynamoDBEngine

/// While RocksDB takes no writes, reads go on as if nothing were: of other tables, of the same table, of the same item.
@Suite struct StallTests {
    private static let other = "Other"

    private func open(_ directory: TemporaryDirectory, _ gate: Gate) async throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.hooks.beforeWrite = { mode in
            if mode == .prompt { return gate.stands ? nil : StorageError(message: "Result incomplete: Write stall") }
            gate.pass()
            return nil
        }
        let engine = try Engine.open(options, logger: .silent)
        _ = try await engine.createTable(EventTable.definition)
        var definition = EventTable.definition
        definition.tableName = Self.other
        _ = try await engine.createTable(definition)
        for table in [EventTable.name, Self.other] {
            for number in 0..<10 { _ = try await engine.putItem(PutItemInput(tableName: table, item: item(number))) }
        }
        return engine
    }

    private func item(_ number: Int, text: String = "old") -> Item {
        ["PK": .string("p"), "SK": .string("\(number)"), "text": .string(text)]
    }

    private func read(_ table: String, _ engine: Engine) async throws -> [Item?] {
        let key: Item = ["PK": "p", "SK": "1"]
        let single = try await engine.getItem(GetItemInput(tableName: table, key: key, consistentRead: true)).item
        let batch = try await engine.batchGetItem(
            BatchGetItemInput(requestItems: [table: KeysAndAttributes(keys: [key], consistentRead: true)]))
        let query = try await engine.query(
            QueryInput(
                tableName: table, consistentRead: true, keyConditionExpression: "PK = :p AND SK = :s",
                expressionAttributeValues: [":p": "p", ":s": "1"]))
        let all = try await engine.scanAll(table)
        return [single, batch.responses[table]?.first, query.items?.first, all.first { $0["SK"] == "1" }]
    }

    @Test func readsDoNotWaitForStalledWrites() async throws {
        let directory = try TemporaryDirectory()
        let gate = Gate()
        let engine = try await open(directory, gate)
        gate.close()
        try await withThrowingTaskGroup(of: Void.self) { group in
            // More than there are threads for tasks, on the same items: none may hold a thread or a lock.
            for number in 0..<64 {
                group.addTask { [self] in
                    _ = try await engine.putItem(
                        PutItemInput(tableName: EventTable.name, item: item(number % 3, text: "new")))
                }
            }
            group.addTask {
                _ = try await engine.transactWriteItems(
                    TransactWriteItemsInput(transactItems: [
                        .put(Put(tableName: EventTable.name, item: self.item(1, text: "new")))
                    ]))
            }
            // Changes of the catalogue are stalled too, and hinder nobody who looks a table up.
            for table in [EventTable.name, Self.other] {
                group.addTask {
                    _ = try await engine.updateTable(
                        UpdateTableInput(tableName: table, deletionProtectionEnabled: true))
                }
            }
            // One waits for the items' room, one changes the catalogue.
            try await gate.waitFor(2)
            for table in [EventTable.name, Self.other] {
                for found in try await read(table, engine) { #expect(found == item(1)) }
                #expect(try await engine.describeTable(DescribeTableInput(tableName: table)).table.tableName == table)
            }
            try engine.checkWritable()
            gate.open()
            try await group.waitForAll()
        }
        for found in try await read(EventTable.name, engine) { #expect(found == item(1, text: "new")) }
        let described = try await engine.describeTable(DescribeTableInput(tableName: Self.other)).table
        #expect(described.deletionProtectionEnabled == true)
        await engine.close()
    }
}
