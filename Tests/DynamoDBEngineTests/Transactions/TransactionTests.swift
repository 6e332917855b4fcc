import DynamoDB
import DynamoDBEngine
import Testing

@Suite struct TransactionTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
        var other = EventTable.definition
        other.tableName = "Other"
        _ = try await engine.createTable(other)
    }

    private func key(_ sort: String) -> Item { ["PK": .string("p"), "SK": .string(sort)] }

    private func item(_ sort: String, _ more: Item = [:]) -> Item { key(sort).merging(more) { $1 } }

    private func put(_ sort: String, _ more: Item = [:], in table: String = EventTable.name) -> TransactWriteItem {
        .put(Put(tableName: table, item: item(sort, more)))
    }

    private func get(_ sort: String, in table: String = EventTable.name) async throws -> Item? {
        try await engine.getItem(GetItemInput(tableName: table, key: key(sort), consistentRead: true)).item
    }

    @discardableResult
    private func write(_ items: [TransactWriteItem], token: String? = nil) async throws -> TransactWriteItemsOutput {
        try await engine.transactWriteItems(
            TransactWriteItemsInput(
                transactItems: items, returnConsumedCapacity: .indexes, clientRequestToken: token))
    }

    @Test func actionsOfAllKindsOverTables() async throws {
        try await write([put("a", ["n": .number(1)]), put("b"), put("c", in: "Other")])
        let output = try await write([
            .update(
                Update(
                    tableName: EventTable.name, key: key("a"),
                    updateExpression: "SET n = n + :one, GSI1PK = :u, GSI1SK = :u",
                    conditionExpression: "n = :one",
                    expressionAttributeValues: [":one": .number(1), ":u": .string("u")])),
            .delete(Delete(tableName: EventTable.name, key: key("b"), conditionExpression: "attribute_exists(PK)")),
            .conditionCheck(
                ConditionCheck(tableName: "Other", key: key("c"), conditionExpression: "attribute_exists(PK)")),
            put("d", in: "Other"),
        ])
        #expect(try await get("a")?["n"] == .number(2))
        #expect(try await get("b") == nil)
        #expect(try await get("d", in: "Other") == item("d"))
        #expect(try await engine.scanAll(EventTable.name, index: "GSI1").count == 1)
        // Two units for each action, and one for the index entry.
        let events = output.consumedCapacity?.first { $0.tableName == EventTable.name }
        #expect(events?.capacityUnits == 5)
        #expect(events?.writeCapacityUnits == 5)
        #expect(events?.table == Capacity(writeCapacityUnits: 4, capacityUnits: 4))
        #expect(events?.globalSecondaryIndexes == ["GSI1": Capacity(writeCapacityUnits: 1, capacityUnits: 1)])
        #expect(output.consumedCapacity?.last?.capacityUnits == 4)
        await engine.close()
    }

    @Test func cancellationTellsTheReasonOfEachAction() async throws {
        try await write([put("a", ["n": .number(1), "s": .string("x")])])
        let failing = Put(
            tableName: EventTable.name, item: item("a"), conditionExpression: "attribute_not_exists(PK)",
            returnValuesOnConditionCheckFailure: .allOld)
        let misfit = Update(
            tableName: EventTable.name, key: key("b"), updateExpression: "SET x = absent")
        let error = await failure {
            try await write([
                put("new"), .put(failing), .update(misfit),
                put("bad", ["GSI1PK": .string("u"), "GSI1SK": .string("s")], in: "Other"),
            ])
        }
        #expect(error?.code == .transactionCanceledException)
        #expect(
            error?.message
                == "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError, None]"
        )
        #expect(
            error?.cancellationReasons == [
                CancellationReason(code: "None"),
                CancellationReason(
                    item: item("a", ["n": .number(1), "s": .string("x")]), code: "ConditionalCheckFailed",
                    message: "The conditional request failed"),
                CancellationReason(
                    code: "ValidationError",
                    message: "The provided expression refers to an attribute that does not exist in the item"),
                CancellationReason(code: "None"),
            ])
        #expect(try await get("new") == nil)
        #expect(try await get("bad", in: "Other") == nil)
        #expect(try await engine.scanAll("Other", index: "GSI1").isEmpty)

        // A wrong type of an index key refuses the whole transaction.
        let index = await failure { try await write([put("new"), put("bad", ["GSI1PK": .number(1)])]) }
        #expect(
            index?.cancellationReasons.last?.message
                == "One or more parameter values were invalid: Type mismatch for Index Key GSI1PK Expected: S Actual: N IndexName: GSI1"
        )
        let schema = await failure {
            try await write([.delete(Delete(tableName: EventTable.name, key: ["PK": .string("p")])), put("new")])
        }
        #expect(schema?.cancellationReasons.map(\.code) == ["ValidationError", "None"])
        // An empty key is refused before anything else.
        await expect(
            .validationException,
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: SK"
        ) { try await write([put("new"), .delete(Delete(tableName: EventTable.name, key: key("")))]) }
        let first = await failure { try await write([put("new"), put("x", ["GSI1PK": 1]), put("y", ["GSI1PK": 1])]) }
        #expect(first?.cancellationReasons.map(\.code) == ["None", "ValidationError", "None"])
        #expect(try await get("new") == nil)
        let count = try await engine.describeTable(DescribeTableInput(tableName: EventTable.name)).table.itemCount
        #expect(count == 1)
        await engine.close()
    }

    @Test func badRequestsAreRefused() async throws {
        await expect(
            .validationException, "Transaction request cannot include multiple operations on one item"
        ) {
            try await write([put("a"), .delete(Delete(tableName: EventTable.name, key: key("a")))])
        }
        await expect(.resourceNotFoundException, "Requested resource not found") {
            try await write([put("a"), put("b", in: "Missing")])
        }
        for count in [0, 101] {
            let error = await failure { try await write((0..<count).map { put("\($0)") }) }
            #expect(error?.code == .validationException)
            #expect(error?.message.contains("at 'transactItems' failed to satisfy constraint") == true)
        }
        let syntax = await failure {
            try await write([
                put("a"), .update(Update(tableName: EventTable.name, key: key("b"), updateExpression: "FROB x")),
            ])
        }
        #expect(syntax?.code == .validationException)
        let large = Item(uniqueKeysWithValues: [("v", AttributeValue.binary(.init(repeating: 0, count: 400_000)))])
        await expect(.validationException, "Transaction payload size cannot exceed 4 MB") {
            try await write((0..<11).map { put("\($0)", large) })
        }
        #expect(try await engine.scanAll(EventTable.name).isEmpty)
        try await write((0..<10).map { put("\($0)", large) })
        _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item("10", large)))
        #expect(try await engine.scanAll(EventTable.name).count == 11)
        // It is the requests that count, not the items.
        try await write((0..<11).map { .delete(Delete(tableName: EventTable.name, key: key("\($0)"))) })
        #expect(try await engine.scanAll(EventTable.name).isEmpty)
        try await write((0..<100).map { put("x\($0)") })
        await engine.close()
    }

    /// What a request itself is refused for is no reason of one action.
    @Test func whatIsWrongWithThePutItemIsToldOfTheWhole() async throws {
        let large: Item = ["v": .binary(.init(repeating: 0, count: 410_000))]
        await expect(.validationException, "Item size has exceeded the maximum allowed size") {
            try await write([put("new"), put("large", large, in: "Missing")])
        }
        await expect(
            .validationException,
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty string value. "
                + "IndexName: GSI1, IndexKey: GSI1PK"
        ) { try await write([put("new"), put("x", ["GSI1PK": .string("")])]) }
        func update(_ value: AttributeValue) -> TransactWriteItem {
            .update(
                Update(
                    tableName: EventTable.name, key: key("u"), updateExpression: "SET GSI1PK = :v, v = :v",
                    expressionAttributeValues: [":v": value]))
        }
        await expect(
            .validationException,
            "One or more parameter values are not valid. The update expression attempted to update a secondary index "
                + "key to a value that is not supported. The AttributeValue for a key attribute cannot contain an "
                + "empty string value."
        ) { try await write([put("new"), update(.string(""))]) }
        // What only the item tells is such a reason.
        for value in [AttributeValue.number(1), .string(.init(repeating: "x", count: 3000))] {
            let error = await failure { try await write([put("new"), update(value)]) }
            #expect(error?.cancellationReasons.map(\.code) == ["None", "ValidationError"])
        }
        let grown = TransactWriteItem.update(
            Update(
                tableName: EventTable.name, key: key("u"), updateExpression: "SET a = :v, b = :v",
                expressionAttributeValues: [":v": .binary(.init(repeating: 0, count: 300_000))]))
        let error = await failure { try await write([grown]) }
        #expect(
            error?.cancellationReasons.map(\.message) == ["Item size to update has exceeded the maximum allowed size"])
        #expect(try await engine.scanAll(EventTable.name).isEmpty)
        await engine.close()
    }

    @Test func aRepeatedTransactionChargesTheItemsAsItLeftThem() async throws {
        let big: Item = ["v": .binary(.init(repeating: 0, count: 9000))]
        try await write([put("deleted", big), put("checked", big)])
        let actions: [TransactWriteItem] = [
            .delete(Delete(tableName: EventTable.name, key: key("deleted"))), put("put", big),
            .conditionCheck(
                ConditionCheck(
                    tableName: EventTable.name, key: key("checked"), conditionExpression: "attribute_exists(PK)")),
            .delete(Delete(tableName: EventTable.name, key: key("never there"))),
        ]
        try await write(actions, token: "t")
        // Later changes are nothing that this transaction did.
        try await write([.delete(Delete(tableName: EventTable.name, key: key("put")))])
        let again = try await write(actions, token: "t")
        #expect(again.consumedCapacity?.first?.readCapacityUnits == 2 * (3 + 3 + 3 + 1) as Double)
        await engine.close()
    }

    @Test func aTokenMakesATransactionOnce() async throws {
        let add = TransactWriteItem.update(
            Update(
                tableName: EventTable.name, key: key("a"), updateExpression: "ADD n :one",
                expressionAttributeValues: [":one": .number(1), ":m": .map(["x": .number(1), "y": .number(2)])]
                    .filter { $0.key == ":one" }))
        let first = try await write([add], token: "t-1")
        #expect(first.consumedCapacity?.first?.writeCapacityUnits == 2)
        let again = try await write([add], token: "t-1")
        #expect(again.consumedCapacity?.first?.readCapacityUnits == 2)
        #expect(again.consumedCapacity?.first?.writeCapacityUnits == nil)
        #expect(try await get("a")?["n"] == .number(1))
        try await write([add], token: "t-2")
        #expect(try await get("a")?["n"] == .number(2))
        #expect(
            await failure { try await write([add, put("b")], token: "t-1") }?.code
                == .idempotentParameterMismatchException)
        #expect(
            await failure { try await write([add], token: String(repeating: "x", count: 37)) }?.code
                == .validationException)

        // A cancelled transaction does not spend its token.
        let check = TransactWriteItem.conditionCheck(
            ConditionCheck(tableName: EventTable.name, key: key("c"), conditionExpression: "attribute_exists(PK)"))
        #expect(await failure { try await write([check], token: "t-3") }?.code == .transactionCanceledException)
        try await write([put("c")])
        try await write([check], token: "t-3")
        await engine.close()

        // The token outlives the engine.
        let reopened = try Engine.open(in: directory)
        _ = try await reopened.transactWriteItems(
            TransactWriteItemsInput(transactItems: [add], clientRequestToken: "t-1"))
        let item = try await reopened.getItem(GetItemInput(tableName: EventTable.name, key: key("a"))).item
        #expect(item?["n"] == .number(2))
        await reopened.close()
    }

    @Test func readsOfATransaction() async throws {
        try await write([
            put("a", ["n": .number(1)]), put("b", ["v": .binary(.init(repeating: 0, count: 5000))], in: "Other"),
        ])
        let output = try await engine.transactGetItems(
            TransactGetItemsInput(
                transactItems: [
                    TransactGetItem(get: Get(tableName: EventTable.name, key: key("a"), projectionExpression: "n")),
                    TransactGetItem(get: Get(tableName: EventTable.name, key: key("missing"))),
                    TransactGetItem(get: Get(tableName: "Other", key: key("b"))),
                ], returnConsumedCapacity: .total))
        #expect(output.responses.map(\.item?.count) == [1, nil, 3])
        // An item of which nothing is wanted is left out here.
        let nothing = Get(tableName: EventTable.name, key: key("a"), projectionExpression: "absent")
        let empty = try await engine.transactGetItems(
            TransactGetItemsInput(transactItems: [TransactGetItem(get: nothing)]))
        #expect(empty.responses == [ItemResponse(item: nil)])
        #expect(output.consumedCapacity?.map(\.readCapacityUnits) == [4, 4])
        let error = await failure {
            try await engine.transactGetItems(
                TransactGetItemsInput(transactItems: [
                    TransactGetItem(get: Get(tableName: EventTable.name, key: key("a"))),
                    TransactGetItem(get: Get(tableName: EventTable.name, key: ["PK": .string("p")])),
                ]))
        }
        #expect(error?.cancellationReasons.map(\.code) == ["None", "ValidationError"])
        await engine.close()
    }
}
