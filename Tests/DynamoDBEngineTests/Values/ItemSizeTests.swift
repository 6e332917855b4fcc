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

    @Test(arguments: Surface.allCases)
    func itemsHave409600Bytes(surface: Surface) async throws {
        // "pk" "i" "v" and the value.
        let room = 409_600 - 4
        try await write(room, by: surface)
        let key: Item = ["pk": .string("i")]
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

    private func write(_ count: Int, by surface: Surface) async throws {
        let value = AttributeValue.string(String(repeating: "v", count: count))
        let key: Item = ["pk": .string("i")]
        let item: Item = ["pk": .string("i"), "v": value]
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
                    statement: "INSERT INTO tab VALUE {'pk': 'i', 'v': ?}", parameters: [value]))
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
                ExecuteStatementInput(statement: "UPDATE tab SET v = ? WHERE pk = 'i'", parameters: [value]))
        }
    }
}
