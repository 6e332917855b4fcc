import DynamoDB
import Testing

@testable import DynamoDBEngine

/// A consistent read tells of nothing that is not on disk, and waits for nobody else's write.
@Suite struct ConsistentReadTests {
    private func item(_ partition: String, _ sort: String, _ text: String) -> Item {
        ["PK": .string(partition), "SK": .string(sort), "text": .string(text)]
    }

    private func open(_ directory: TemporaryDirectory, _ gate: Gate) async throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.hooks.beforeSync = {
            gate.pass()
            return nil
        }
        let engine = try Engine.open(options, logger: .silent)
        _ = try await engine.createTable(EventTable.definition)
        var other = EventTable.definition
        other.tableName = "Other"
        _ = try await engine.createTable(other)
        for partition in ["a", "b"] {
            for sort in ["1", "2"] {
                for table in [EventTable.name, "Other"] {
                    _ = try await engine.putItem(PutItemInput(tableName: table, item: item(partition, sort, "old")))
                }
            }
        }
        return engine
    }

    private typealias Read = @Sendable (Engine) async throws -> [Item]

    private static func get(_ partition: String, _ sort: String, from table: String = EventTable.name) -> Read {
        { engine in
            let key: Item = ["PK": .string(partition), "SK": .string(sort)]
            let output = try await engine.getItem(GetItemInput(tableName: table, key: key, consistentRead: true))
            return output.item.map { [$0] } ?? []
        }
    }

    private static func batch(_ sorts: [String]) -> Read {
        { engine in
            let keys: [Item] = sorts.map { ["PK": "a", "SK": .string($0)] }
            let request = KeysAndAttributes(keys: keys, consistentRead: true)
            let output = try await engine.batchGetItem(BatchGetItemInput(requestItems: [EventTable.name: request]))
            return output.responses[EventTable.name] ?? []
        }
    }

    private static func transact(_ sort: String) -> Read {
        { engine in
            let get = Get(tableName: EventTable.name, key: ["PK": "a", "SK": .string(sort)])
            let output = try await engine.transactGetItems(
                TransactGetItemsInput(transactItems: [TransactGetItem(get: get)]))
            return output.responses.compactMap(\.item)
        }
    }

    private static func query(_ partition: String) -> Read {
        { engine in
            try await engine.query(
                QueryInput(
                    tableName: EventTable.name, consistentRead: true, keyConditionExpression: "PK = :p",
                    expressionAttributeValues: [":p": .string(partition)])
            ).items ?? []
        }
    }

    private static func scan(_ table: String) -> Read {
        { engine in try await engine.scan(ScanInput(tableName: table, consistentRead: true)).items ?? [] }
    }

    private static func statement(_ condition: String) -> Read {
        { engine in
            let text = "SELECT * FROM \"\(EventTable.name)\" WHERE \(condition)"
            return try await engine.executeStatement(
                ExecuteStatementInput(statement: text, consistentRead: true)
            ).items ?? []
        }
    }

    private static func single(_ condition: String) -> Read {
        { engine in
            let text = "SELECT * FROM \"\(EventTable.name)\" WHERE \(condition)"
            return try await engine.batchExecuteStatement(
                BatchExecuteStatementInput(statements: [BatchStatementRequest(statement: text, consistentRead: true)])
            ).responses?.compactMap(\.item) ?? []
        }
    }

    @Test func readsOfOtherItemsDoNotWaitForASync() async throws {
        let directory = try TemporaryDirectory()
        let gate = Gate()
        let engine = try await open(directory, gate)
        gate.close()
        let write = Task {
            try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item("a", "1", "new")))
        }
        try await gate.waitFor(1)

        let others: [Read] = [
            Self.get("a", "2"), Self.get("b", "1"), Self.get("a", "1", from: "Other"), Self.batch(["2"]),
            Self.transact("2"), Self.query("b"), Self.scan("Other"), Self.statement("PK = 'b'"),
            Self.single("PK = 'a' AND SK = '2'"),
        ]
        // The sync is held back: a read that waited for it would never end.
        for read in others {
            let items = try await read(engine)
            #expect(!items.isEmpty && items.allSatisfy { $0["text"] == "old" })
        }
        // A refused condition tells of its item as well, and of no other.
        await #expect(throws: DynamoDBError.self) {
            try await engine.putItem(
                PutItemInput(
                    tableName: EventTable.name, item: self.item("a", "2", "x"),
                    conditionExpression: "attribute_not_exists(PK)"))
        }

        let touching: [Read] = [
            Self.get("a", "1"), Self.batch(["1", "2"]), Self.transact("1"), Self.query("a"), Self.scan(EventTable.name),
            Self.statement("PK = 'a'"), Self.statement("PK IN ['a', 'b']"), Self.single("PK = 'a' AND SK = '1'"),
        ]
        try await withThrowingTaskGroup(of: (wasOpen: Bool, [Item]).self) { group in
            for read in touching {
                group.addTask {
                    let items = try await read(engine)
                    return (gate.stands, items)
                }
            }
            group.addTask {
                let failure = await failure {
                    try await engine.putItem(
                        PutItemInput(
                            tableName: EventTable.name, item: self.item("a", "1", "x"),
                            conditionExpression: "attribute_not_exists(PK)",
                            returnValuesOnConditionCheckFailure: .allOld))
                }
                return (gate.stands, failure?.item.map { [$0] } ?? [])
            }
            // An eventually consistent read sees the write at once.
            let seen = try await engine.getItem(
                GetItemInput(tableName: EventTable.name, key: ["PK": "a", "SK": "1"])
            ).item
            #expect(seen?["text"] == "new")
            gate.open()
            for try await (wasOpen, items) in group {
                #expect(wasOpen, "a read has vouched for what was not on disk")
                #expect(items.contains { $0["text"] == "new" })
            }
        }
        _ = try await write.value
        await engine.close()
    }
}
