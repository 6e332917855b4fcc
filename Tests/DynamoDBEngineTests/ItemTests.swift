import DynamoDB
import DynamoDBEngine
import Testing

@Suite struct ItemTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
    }

    private func item(_ sort: String, _ more: Item = [:]) -> Item {
        Item(["PK": .string("p"), "SK": .string(sort)]).merging(more) { $1 }
    }

    private func get(_ sort: String) async throws -> Item? {
        try await engine.getItem(GetItemInput(tableName: EventTable.name, key: item(sort), consistentRead: true)).item
    }

    @Test func putReplacesAndReturnsTheOld() async throws {
        let first = item("a", ["v": .number(1)])
        let second = item("a", ["w": .string("x")])
        #expect(
            try await engine.putItem(PutItemInput(tableName: EventTable.name, item: first, returnValues: .allOld))
                .attributes == nil)
        #expect(
            try await engine.putItem(PutItemInput(tableName: EventTable.name, item: second, returnValues: .allOld))
                .attributes == first)
        #expect(try await get("a") == second)
        let deleted = try await engine.deleteItem(
            DeleteItemInput(tableName: EventTable.name, key: item("a"), returnValues: .allOld))
        #expect(deleted.attributes == second)
        #expect(try await get("a") == nil)
        #expect(
            try await engine.deleteItem(
                DeleteItemInput(tableName: EventTable.name, key: item("a"), returnValues: .allOld)
            ).attributes == nil)
        await engine.close()
    }

    @Test func conditionsDecide() async throws {
        var put = PutItemInput(tableName: EventTable.name, item: item("a", ["v": .number(1)]))
        put.conditionExpression = "attribute_not_exists(PK)"
        _ = try await engine.putItem(put)
        put.returnValuesOnConditionCheckFailure = .allOld
        let error = await failure { try await engine.putItem(put) }
        #expect(error?.code == .conditionalCheckFailedException)
        #expect(error?.message == "The conditional request failed")
        #expect(error?.item == put.item)
        var delete = DeleteItemInput(tableName: EventTable.name, key: item("a"))
        delete.conditionExpression = "v = :v"
        delete.expressionAttributeValues = [":v": .number(2)]
        #expect(await failure { try await engine.deleteItem(delete) }?.code == .conditionalCheckFailedException)
        delete.expressionAttributeValues = [":v": .number(1)]
        _ = try await engine.deleteItem(delete)
        #expect(try await get("a") == nil)
        await engine.close()
    }

    /// One of many writers with the same condition wins.
    @Test func conditionsAreAtomic() async throws {
        let winners = await withTaskGroup(of: Bool.self) { group in
            for writer in 0..<32 {
                group.addTask {
                    var put = PutItemInput(
                        tableName: EventTable.name, item: item("lock", ["owner": .number(DecimalNumber(writer))]))
                    put.conditionExpression = "attribute_not_exists(PK)"
                    return (try? await engine.putItem(put)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        await engine.close()
    }

    @Test func sizesAreLimited() async throws {
        // "PK" "p" "SK" "s" "v" and the value.
        let room = 409_600 - 7
        _ = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: item("s", ["v": .binary(.init(repeating: 1, count: room))])))
        await expect(.validationException, "Item size has exceeded the maximum allowed size") {
            try await engine.putItem(
                PutItemInput(
                    tableName: EventTable.name, item: item("s", ["v": .binary(.init(repeating: 1, count: room + 1))])))
        }
        _ = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: item(String(repeating: "k", count: 1024))))
        await expect(
            .validationException,
            "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        ) {
            try await engine.putItem(
                PutItemInput(tableName: EventTable.name, item: item(String(repeating: "k", count: 1025))))
        }
        await engine.close()
    }

    @Test(
        arguments: [
            (["PK": .string("p")], "One or more parameter values were invalid: Missing the key SK in the item"),
            (
                ["PK": .string("p"), "SK": .number(1)],
                "One or more parameter values were invalid: Type mismatch for key SK expected: S actual: N"
            ),
            (
                ["PK": .string(""), "SK": .string("s")],
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: PK"
            ),
            (
                ["PK": .string("p"), "SK": .string("s"), "GSI1PK": .number(1)],
                "One or more parameter values were invalid: Type mismatch for Index Key GSI1PK Expected: S Actual: N IndexName: GSI1"
            ),
            (
                ["PK": .string("p"), "SK": .string("s"), "GSI2SK": .string("")],
                "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: GSI2, IndexKey: GSI2SK"
            ),
            (
                ["PK": .string("p"), "SK": .string("s"), "set": .stringSet([])],
                "One or more parameter values were invalid: An string set  may not be empty"
            ),
        ] as [(Item, String)])
    func badItemsAreRefused(item: Item, message: String) async throws {
        await expect(.validationException, message) {
            try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item))
        }
        #expect(try await engine.scanAll(EventTable.name).isEmpty)
        await engine.close()
    }

    @Test func keysMustMatchTheSchema() async throws {
        for key in [["PK": .string("p")], item("a", ["x": .null]), ["PK": .string("p"), "SK": .number(1)]] as [Item] {
            await expect(.validationException, "The provided key element does not match the schema") {
                try await engine.getItem(GetItemInput(tableName: EventTable.name, key: key))
            }
        }
        await engine.close()
    }

    @Test func batchesWriteAllOrNothing() async throws {
        let puts = (0..<25).map {
            WriteRequest.put(item("\($0)", ["GSI1PK": .string("u"), "GSI1SK": .string("\($0)")]))
        }
        let output = try await engine.batchWriteItem(
            BatchWriteItemInput(requestItems: [EventTable.name: puts], returnConsumedCapacity: .indexes))
        #expect(output.unprocessedItems.isEmpty)
        #expect(output.consumedCapacity?.first?.capacityUnits == 50)
        #expect(output.consumedCapacity?.first?.globalSecondaryIndexes?["GSI1"]?.capacityUnits == 25)
        #expect(try await engine.scanAll(EventTable.name, index: "GSI1").count == 25)

        await expect(.validationException, "Provided list of item keys contains duplicates") {
            try await engine.batchWriteItem(
                BatchWriteItemInput(requestItems: [EventTable.name: [.put(item("x")), .delete(key: item("x"))]]))
        }
        await expect(.validationException, "The provided key element does not match the schema") {
            try await engine.batchWriteItem(
                BatchWriteItemInput(requestItems: [EventTable.name: [.put(["PK": .number(1), "SK": .string("x")])]]))
        }
        let many = [EventTable.name: puts, "Other": [WriteRequest.put(item("more"))]]
        await expect(.validationException, "Too many items requested for the BatchWriteItem call") {
            try await engine.batchWriteItem(BatchWriteItemInput(requestItems: many))
        }
        await expect(
            .validationException,
            "1 validation error detected: Value '{Events=[26 requests]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]"
        ) {
            try await engine.batchWriteItem(
                BatchWriteItemInput(requestItems: [EventTable.name: puts + [.put(item("more"))]]))
        }
        let bad: [WriteRequest] = [.put(item("good")), .put(item("bad", ["GSI1PK": .number(1)]))]
        let refusal = await failure {
            try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [EventTable.name: bad]))
        }
        #expect(refusal?.code == .validationException)
        #expect(try await get("good") == nil)
        let mixed: [WriteRequest] = [.delete(key: item("0")), .put(item("new"))]
        _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [EventTable.name: mixed]))
        #expect(try await get("0") == nil)
        #expect(try await get("new") == item("new"))
        #expect(try await engine.scanAll(EventTable.name, index: "GSI1").count == 24)
        await engine.close()
    }

    @Test func capacityIsCounted() async throws {
        let big = item(
            "big", ["v": .binary(.init(repeating: 0, count: 5000)), "GSI1PK": .string("u"), "GSI1SK": .string("1")])
        let put = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: big, returnConsumedCapacity: .indexes))
        #expect(put.consumedCapacity?.capacityUnits == 10)
        #expect(put.consumedCapacity?.table?.capacityUnits == 5)
        #expect(put.consumedCapacity?.globalSecondaryIndexes == ["GSI1": Capacity(capacityUnits: 5)])
        // The same again: the table is written, and the index holds what it held.
        let again = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: big, returnConsumedCapacity: .indexes))
        #expect(again.consumedCapacity?.table?.capacityUnits == 5)
        #expect(again.consumedCapacity?.globalSecondaryIndexes == nil)
        let eventual = try await engine.getItem(
            GetItemInput(tableName: EventTable.name, key: item("big"), returnConsumedCapacity: .total))
        #expect(eventual.consumedCapacity?.capacityUnits == 1)
        let consistent = try await engine.getItem(
            GetItemInput(
                tableName: EventTable.name, key: item("big"), consistentRead: true, returnConsumedCapacity: .total))
        #expect(consistent.consumedCapacity?.capacityUnits == 2)
        let small = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: item("big"), returnConsumedCapacity: .total))
        // The larger of old and new on the table, and the entry's removal from the index.
        #expect(small.consumedCapacity?.capacityUnits == 10)
        await engine.close()
    }

    @Test func namesWithinMapsHaveTheLengthOfAttributes() async throws {
        func put(_ name: String) async throws {
            _ = try await engine.putItem(
                PutItemInput(
                    tableName: EventTable.name,
                    item: ["PK": .string("p"), "SK": .string("names"), "m": .list([.map([name: .null])])]))
        }
        for name in ["", String(repeating: "n", count: 65_535)] { try await put(name) }
        await expect(.validationException, "Attribute name is too large, must be less than 65536 bytes") {
            try await put(String(repeating: "n", count: 65_536))
        }
        await engine.close()
    }
}
