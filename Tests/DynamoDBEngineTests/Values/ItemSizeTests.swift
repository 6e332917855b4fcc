import DynamoDB
import DynamoDBEngine
import Testing

/// What items may measure, whatever writes them. The sizes were measured on AWS.
@Suite struct ItemSizeTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: [AttributeDefinition(attributeName: "pk", attributeType: .string)],
                keySchema: [KeySchemaElement(attributeName: "pk", keyType: .hash)], billingMode: .payPerRequest))
    }

    @Test(
        arguments: [
            ("0", 1), ("-0", 1), ("1", 2), ("12", 2), ("123", 3), ("1234", 3), ("123456", 4), ("1010", 3), ("100", 2),
            ("0042", 2), ("-42", 3), ("1.2", 3), ("1.200", 3), ("1.234", 4), ("1.5", 3), ("100.5", 4), ("3.14159", 5),
            ("0.15", 2), ("0.0000001", 2), ("1E-100", 2), ("1E125", 2), ("12345678901234567890123456789012345678", 20),
        ])
    func numbersMeasureTheirPairsOfDigits(text: String, size: Int) throws {
        #expect(try #require(DecimalNumber(text)).sizeInBytes == size)
    }

    enum Surface: CaseIterable {
        case put, batch, transactedPut, insert, update, transactedUpdate, statement
    }

    /// So long that it is the item that reaches the limit first, and not what an UpdateItem writes.
    private let id = String(repeating: "i", count: 30)

    @Test(arguments: Surface.allCases)
    func itemsHave409600Bytes(surface: Surface) async throws {
        // "pk", the identifier, "v" and the value.
        let room = 409_600 - 33
        try await write(room, by: surface)
        let key: Item = ["pk": .string(id)]
        let stored = try await engine.getItem(GetItemInput(tableName: "tab", key: key)).item
        #expect(stored?.sizeInBytes == 409_600)
        for isNew in surface == .insert ? [true] : [false, true] {
            if isNew { _ = try await engine.deleteItem(DeleteItemInput(tableName: "tab", key: key)) }
            let error = await failure { try await write(room + 1, by: surface) }
            // What an update comes to is known in the transaction only.
            let told = surface == .transactedUpdate ? error?.cancellationReasons.first?.message : error?.message
            switch surface {
            case .put, .batch, .transactedPut, .insert:
                #expect(error?.code == .validationException)
                #expect(told == "Item size has exceeded the maximum allowed size")
            case .update, .statement, .transactedUpdate:
                #expect(
                    error?.code
                        == (surface == .transactedUpdate ? .transactionCanceledException : .validationException))
                #expect(told == "Item size to update has exceeded the maximum allowed size")
            }
        }
        await engine.close()
    }

    struct Charge: Sendable, CustomTestStringConvertible {
        let clause: String
        let bytes: Int
        var seed: Item = [:]
        var testDescription: String { "\(clause) b = :pad" }
    }

    private static let list = AttributeValue.list(Array(repeating: .null, count: 11))

    /// What each clause of an UpdateExpression is charged, beside the 3 of the update and the 20 of `SET b = :pad` with its
    /// value: what is refused is refused although the finished item would fit.
    @Test(arguments: [
        Charge(clause: "SET", bytes: 0),
        Charge(clause: "SET c = :one,", bytes: 22),
        Charge(clause: "SET c = abcde,", bytes: 40, seed: ["abcde": .string("text")]),
        Charge(clause: "SET c = m.z,", bytes: 51, seed: ["m": .map(["z": .null])]),
        Charge(clause: "SET c = l[10],", bytes: 52, seed: ["l": list]),
        Charge(clause: "SET m.yyyyyyyyyy = :one,", bytes: 36, seed: ["m": .map([:])]),
        Charge(clause: "SET l[10] = :one,", bytes: 28, seed: ["l": list]),
        Charge(clause: "SET l = list_append(l, :new),", bytes: 87, seed: ["l": .list([.null])]),
        Charge(clause: "SET c = if_not_exists(c, :ten),", bytes: 85),
        Charge(clause: "SET n = n + :one,", bytes: 72, seed: ["n": .number(1)]),
        Charge(clause: "SET n = n - :one,", bytes: 75, seed: ["n": .number(1)]),
        Charge(clause: "ADD abcdefghijk :one SET", bytes: 32),
        Charge(clause: "ADD ss :add SET", bytes: 28, seed: ["ss": .stringSet(["p"])]),
        Charge(clause: "REMOVE r SET", bytes: 2, seed: ["r": .null]),
        Charge(clause: "REMOVE m.yyyyyyyyyy SET", bytes: 16, seed: ["m": .map(["yyyyyyyyyy": .null])]),
        Charge(clause: "REMOVE l[10] SET", bytes: 8, seed: ["l": .list([])]),
        Charge(clause: "DELETE ss :cut SET", bytes: 3, seed: ["ss": .stringSet(["member", "p"])]),
    ])
    func updatesMeasureWhatTheySayToo(charge: Charge) async throws {
        let key: Item = ["pk": .string("k")]
        let values: [String: AttributeValue] = [
            ":one": .number(1), ":ten": .string("0123456789"), ":new": .list([.string("0123456789")]),
            ":add": .stringSet(["added!!"]), ":cut": .stringSet(["member"]),
        ]
        func update(_ padding: Int) async throws {
            _ = try await engine.putItem(PutItemInput(tableName: "tab", item: key.merging(charge.seed) { $1 }))
            var used = values.filter { charge.clause.contains($0.key) }
            used[":pad"] = .binary(Array(repeating: 1, count: padding))
            _ = try await engine.updateItem(
                UpdateItemInput(
                    tableName: "tab", key: key, updateExpression: "\(charge.clause) b = :pad",
                    expressionAttributeValues: used))
        }
        let room = 409_600 - 23 - charge.bytes
        try await update(room)
        await expect(.validationException, "Item size to update has exceeded the maximum allowed size") {
            try await update(room + 1)
        }
        await engine.close()
    }

    private func write(_ count: Int, by surface: Surface) async throws {
        let value = AttributeValue.string(String(repeating: "v", count: count))
        let key: Item = ["pk": .string(id)]
        let item: Item = ["pk": .string(id), "v": value]
        switch surface {
        case .put:
            _ = try await engine.putItem(PutItemInput(tableName: "tab", item: item))
        case .batch:
            _ = try await engine.batchWriteItem(
                BatchWriteItemInput(requestItems: ["tab": [WriteRequest.put(item)]]))
        case .transactedPut:
            _ = try await engine.transactWriteItems(
                TransactWriteItemsInput(transactItems: [.put(Put(tableName: "tab", item: item))]))
        case .insert:
            _ = try await engine.executeStatement(
                ExecuteStatementInput(
                    statement: "INSERT INTO tab VALUE {'pk': '\(id)', 'v': ?}", parameters: [value]))
        case .update:
            _ = try await engine.updateItem(
                UpdateItemInput(
                    tableName: "tab", key: key, updateExpression: "SET v = :v", expressionAttributeValues: [":v": value]
                ))
        case .transactedUpdate:
            _ = try await engine.transactWriteItems(
                TransactWriteItemsInput(transactItems: [
                    .update(
                        Update(
                            tableName: "tab", key: key, updateExpression: "SET v = :v",
                            expressionAttributeValues: [":v": value]))
                ]))
        case .statement:
            _ = try await engine.putItem(PutItemInput(tableName: "tab", item: key))
            _ = try await engine.executeStatement(
                ExecuteStatementInput(statement: "UPDATE tab SET v = ? WHERE pk = '\(id)'", parameters: [value]))
        }
    }
}
