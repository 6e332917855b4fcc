import DynamoDB
import Testing

@testable import DynamoDBEngine

@Suite struct BatchGetTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        var other = EventTable.definition
        other.tableName = "Other"
        _ = try await engine.createTable(other)
    }

    private func key(_ sort: Int) -> Item { ["PK": .string("p"), "SK": .string("\(sort)")] }

    private func put(_ sort: Int, _ more: Item, in table: String = EventTable.name) async throws {
        _ = try await engine.putItem(PutItemInput(tableName: table, item: key(sort).merging(more) { $1 }))
    }

    @Test func answersUseTheNamesOfTheRequest() async throws {
        try await put(0, [:])
        let description = try await engine.describeTable(DescribeTableInput(tableName: EventTable.name)).table
        let arn = try #require(description.tableArn)
        let output = try await engine.batchGetItem(
            BatchGetItemInput(requestItems: [arn: KeysAndAttributes(keys: [key(0)])]))
        #expect(output.responses == [arn: [key(0)]])
        await engine.close()
    }

    @Test func readsOfSeveralTables() async throws {
        for sort in 0..<100 { try await put(sort, ["n": .number(sort), "m": .map(["a": .number(1), "b": .null])]) }
        try await put(0, ["v": .binary(.init(repeating: 0, count: 5000))], in: "Other")
        let output = try await engine.batchGetItem(
            BatchGetItemInput(
                requestItems: [
                    EventTable.name: KeysAndAttributes(
                        keys: (50..<120).map(key), projectionExpression: "#n, m.a",
                        expressionAttributeNames: ["#n": "n"]),
                    "Other": KeysAndAttributes(keys: [key(0), key(1)], consistentRead: true),
                ], returnConsumedCapacity: .total))
        #expect(output.unprocessedKeys.isEmpty)
        #expect(output.responses[EventTable.name]?.count == 50)
        #expect(
            output.responses[EventTable.name]?.allSatisfy { $0["m"] == .map(["a": .number(1)]) && $0.count == 2 }
                == true)
        #expect(output.responses["Other"]?.count == 1)
        // 70 items at half a unit each; 5,000 bytes and a missing item, consistently.
        #expect(output.consumedCapacity?.map(\.capacityUnits) == [35, 3])
        #expect(output.consumedCapacity?.map(\.tableName) == [EventTable.name, "Other"])
        await engine.close()
    }

    @Test func aResponseHoldsSixteenMegabytes() async throws {
        for sort in 0..<45 { try await put(sort, ["v": .binary(.init(repeating: 1, count: 400_000))]) }
        var keys = (0..<45).map(key)
        var found: [Item] = []
        var rounds = 0
        while !keys.isEmpty {
            let output = try await engine.batchGetItem(
                BatchGetItemInput(
                    requestItems: [EventTable.name: KeysAndAttributes(keys: keys, projectionExpression: "SK")]))
            let items = output.responses[EventTable.name] ?? []
            #expect(items.count * 400_000 <= 16 << 20)
            found += items
            let unread = output.unprocessedKeys[EventTable.name]
            #expect(unread?.projectionExpression == (rounds == 0 ? "SK" : nil))
            keys = unread?.keys ?? []
            rounds += 1
        }
        #expect(rounds == 2)
        #expect(Set(found).count == 45)
        await engine.close()
    }

    @Test func badRequestsAreRefused() async throws {
        await expect(.validationException, "Provided list of item keys contains duplicates") {
            try await engine.batchGetItem(
                BatchGetItemInput(requestItems: [EventTable.name: KeysAndAttributes(keys: [key(1), key(2), key(1)])]))
        }
        await expect(
            .validationException,
            "1 validation error detected: Value at 'RequestItems.Events.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100"
        ) {
            try await engine.batchGetItem(
                BatchGetItemInput(requestItems: [EventTable.name: KeysAndAttributes(keys: (0..<101).map(key))]))
        }
        await expect(.validationException, "The provided key element does not match the schema") {
            try await engine.batchGetItem(
                BatchGetItemInput(requestItems: [EventTable.name: KeysAndAttributes(keys: [["PK": .string("p")]])]))
        }
        await expect(.resourceNotFoundException, "Requested resource not found") {
            try await engine.batchGetItem(
                BatchGetItemInput(requestItems: ["Missing": KeysAndAttributes(keys: [key(1)])]))
        }
        for requests in [[:], [EventTable.name: KeysAndAttributes(keys: [])]] {
            let error = await failure { try await engine.batchGetItem(BatchGetItemInput(requestItems: requests)) }
            #expect(error?.message.hasSuffix("Member must have length greater than or equal to 1") == true)
        }
        await engine.close()
    }

    /// The sizes of files are looked up where other reads of the disk go, not on the caller's thread.
    @Test func collectionsAreMeasuredAwayFromTheCaller() async throws {
        try await createLocalTable()
        let lane = try await engine.perform("Test") { $0.reads.items }
        let (gate, order) = (Gate(), Order())
        gate.close()
        // More than the lane has threads.
        for _ in 0..<100 { lane.start { gate.pass() } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [engine, key = key(1)] in
                _ = try await engine.putItem(
                    PutItemInput(tableName: "Local", item: key, returnItemCollectionMetrics: .size))
                order.append(2)
            }
            while try await engine.getItem(GetItemInput(tableName: "Local", key: key(1))).item == nil {
                try await Task.sleep(for: .milliseconds(1))
            }
            // Time for an answer that does not wait for the lane.
            try await Task.sleep(for: .milliseconds(100))
            order.append(1)
            gate.open()
            try await group.waitForAll()
        }
        #expect(order.numbers == [1, 2])
        await engine.close()
    }

    @Test func collectionsOfTablesWithLocalIndexesAreMeasured() async throws {
        try await createLocalTable()
        let expected = ItemCollectionMetrics(itemCollectionKey: ["PK": .string("p")], sizeEstimateRangeGB: [0, 1])
        let put = try await engine.putItem(
            PutItemInput(tableName: "Local", item: key(1), returnItemCollectionMetrics: .size))
        #expect(put.itemCollectionMetrics == expected)
        let update = try await engine.updateItem(
            UpdateItemInput(tableName: "Local", key: key(1), returnItemCollectionMetrics: .size))
        #expect(update.itemCollectionMetrics == expected)
        let batch = try await engine.batchWriteItem(
            BatchWriteItemInput(
                requestItems: ["Local": [.put(key(2)), .delete(key: key(1))], "Other": [.put(key(1))]],
                returnItemCollectionMetrics: .size))
        #expect(batch.itemCollectionMetrics == ["Local": [expected]])
        let delete = try await engine.deleteItem(DeleteItemInput(tableName: "Local", key: key(2)))
        #expect(delete.itemCollectionMetrics == nil)
        let other = try await engine.putItem(
            PutItemInput(tableName: "Other", item: key(1), returnItemCollectionMetrics: .size))
        #expect(other.itemCollectionMetrics == nil)
        await engine.close()
    }

    private func createLocalTable() async throws {
        var definition = EventTable.definition
        definition.tableName = "Local"
        definition.globalSecondaryIndexes = nil
        definition.attributeDefinitions = ["PK", "SK", "at"].map {
            AttributeDefinition(attributeName: $0, attributeType: .string)
        }
        definition.localSecondaryIndexes = [
            LocalSecondaryIndex(
                indexName: "by-time", keySchema: EventTable.key("PK", "at"),
                projection: Projection(projectionType: .all))
        ]
        _ = try await engine.createTable(definition)
    }
}
