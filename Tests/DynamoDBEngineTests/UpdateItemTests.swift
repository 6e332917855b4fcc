import DynamoDB
import DynamoDBEngine
import Testing

@Suite struct UpdateItemTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
    }

    private let key: Item = ["PK": .string("p"), "SK": .string("s")]

    private func input(
        _ expression: String?, _ values: [String: AttributeValue]? = nil, returning: ReturnValues? = nil
    ) -> UpdateItemInput {
        UpdateItemInput(
            tableName: EventTable.name, key: key, returnValues: returning, returnConsumedCapacity: .indexes,
            updateExpression: expression, expressionAttributeValues: values)
    }

    private func stored() async throws -> Item? {
        try await engine.getItem(GetItemInput(tableName: EventTable.name, key: key, consistentRead: true)).item
    }

    @Test func aMissingItemIsMadeFromItsKey() async throws {
        #expect(try await engine.updateItem(input("REMOVE a", returning: .allOld)).attributes == nil)
        #expect(try await stored() == nil)
        #expect(try await engine.updateItem(input(nil, returning: .allNew)).attributes == key)
        #expect(try await stored() == key)
        let set = try await engine.updateItem(input("SET a = :v", [":v": .number(1)], returning: .updatedNew))
        #expect(set.attributes == ["a": .number(1)])
        #expect(try await stored() == key.merging(["a": .number(1)]) { $1 })
        await engine.close()
    }

    @Test func returnValuesOfAllKinds() async throws {
        let old = key.merging(["a": .number(1), "b": .map(["c": .number(2), "d": .number(3)])]) { $1 }
        let new = key.merging(["a": .number(2), "b": .map(["d": .number(3)]), "e": .number(1)]) { $1 }
        let expected: [ReturnValues: Item?] = [
            .none: nil, .allOld: old, .allNew: new, .updatedOld: ["a": .number(1), "b": .map(["c": .number(2)])],
            .updatedNew: ["a": .number(2), "e": .number(1)],
        ]
        for (kind, attributes) in expected {
            _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: old))
            let output = try await engine.updateItem(
                input("SET a = a + :one, e = :one REMOVE b.c", [":one": .number(1)], returning: kind))
            #expect(output.attributes == attributes)
            #expect(try await stored() == new)
        }
        #expect(try await engine.updateItem(input("REMOVE nothing", returning: .updatedNew)).attributes == nil)
        await engine.close()
    }

    @Test func indexesFollow() async throws {
        let into = try await engine.updateItem(
            input("SET GSI1PK = :u, GSI1SK = :t", [":u": .string("u"), ":t": .string("1")]))
        #expect(into.consumedCapacity?.capacityUnits == 2)
        #expect(into.consumedCapacity?.globalSecondaryIndexes == ["GSI1": Capacity(capacityUnits: 1)])
        #expect(try await engine.scanAll(EventTable.name, index: "GSI1").count == 1)
        // The entry moves: one deletion and one put.
        let moved = try await engine.updateItem(input("SET GSI1SK = :t", [":t": .string("2")]))
        #expect(moved.consumedCapacity?.globalSecondaryIndexes == ["GSI1": Capacity(capacityUnits: 2)])
        // Nothing changes: the table is charged, the index is not.
        let same = try await engine.updateItem(input("SET GSI1SK = :t", [":t": .string("2")], returning: .allNew))
        #expect(same.consumedCapacity?.capacityUnits == 1)
        #expect(same.consumedCapacity?.globalSecondaryIndexes == nil)
        #expect(same.attributes?["GSI1SK"] == .string("2"))
        _ = try await engine.updateItem(input("REMOVE GSI1SK"))
        #expect(try await engine.scanAll(EventTable.name, index: "GSI1").isEmpty)

        await expect(
            .validationException,
            "The update expression attempted to update the secondary index key to unsupported type"
        ) {
            try await engine.updateItem(input("SET GSI1SK = :n", [":n": .number(1)]))
        }
        await expect(
            .validationException,
            "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value."
        ) {
            try await engine.updateItem(input("SET GSI1SK = :e", [":e": .string("")]))
        }
        await engine.close()
    }

    @Test func keysAndSizesAreGuarded() async throws {
        await expect(
            .validationException,
            "One or more parameter values were invalid: Cannot update attribute SK. This attribute is part of the key"
        ) {
            try await engine.updateItem(input("SET SK = :v", [":v": .string("t")]))
        }
        // The clause is charged 22, "v" and the value; the key is not.
        let room = 409_600 - 23
        _ = try await engine.updateItem(input("SET v = :v", [":v": .binary(.init(repeating: 1, count: room))]))
        await expect(.validationException, "Item size to update has exceeded the maximum allowed size") {
            try await engine.updateItem(input("SET v = :v", [":v": .binary(.init(repeating: 1, count: room + 1))]))
        }
        await expect(.validationException, "Item size to update has exceeded the maximum allowed size") {
            try await engine.updateItem(input("SET w = :v", [":v": .string("so that the item is too large")]))
        }
        var deep = AttributeValue.null
        for _ in 0..<31 { deep = .list([deep]) }
        _ = try await engine.updateItem(input("SET v = :v", [":v": deep]))
        await expect(
            .validationException,
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
        ) {
            try await engine.updateItem(input("SET v = :v", [":v": .list([deep])]))
        }
        await engine.close()
    }

    @Test func conditionsDecide() async throws {
        var update = input("SET a = :v", [":v": .number(1)])
        update.conditionExpression = "attribute_exists(PK)"
        #expect(await failure { try await engine.updateItem(update) }?.code == .conditionalCheckFailedException)
        #expect(try await stored() == nil)
        update.conditionExpression = "attribute_not_exists(PK)"
        _ = try await engine.updateItem(update)
        update.returnValuesOnConditionCheckFailure = .allOld
        let error = await failure { try await engine.updateItem(update) }
        #expect(error?.item == key.merging(["a": .number(1)]) { $1 })
        update.conditionExpression = "a = :w"
        await expect(
            .validationException,
            "1 validation error detected: Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :w"
        ) {
            try await engine.updateItem(update)
        }
        await engine.close()
    }

    /// No update is lost among many writers.
    @Test func incrementsAreAtomic() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask { _ = try await engine.updateItem(input("ADD c :one", [":one": .number(1)])) }
            }
            try await group.waitForAll()
        }
        #expect(try await stored()?["c"] == .number(64))
        await engine.close()
    }
}
