import DynamoDB
import DynamoDBEngine
import Testing

/// Texts that Swift holds to be equal and DynamoDB does not: bytes decide, wherever the engine looks at a text.
@Suite struct ExactTextTests {
    static let pairs: [(String, String)] = [
        ("\u{E9}", "e\u{301}"), ("\u{C5}", "A\u{30A}"), ("\u{212B}", "\u{C5}"), ("\u{2126}", "\u{3A9}"),
        ("\u{AC00}", "\u{1100}\u{1161}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
        ("a long text with \u{E9} in it", "a long text with e\u{301} in it"),
    ]

    private let directory: TemporaryDirectory
    private let engine: Engine
    private let table = EventTable.name

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
    }

    private func key(_ sort: String = "s") -> Item { ["PK": .string("p"), "SK": .string(sort)] }

    private func put(_ more: Item, at sort: String = "s") async throws {
        _ = try await engine.putItem(PutItemInput(tableName: table, item: key(sort).merging(more) { $1 }))
    }

    private func get(_ sort: String = "s", _ projection: String? = nil, _ names: [String: String]? = nil) async throws
        -> Item?
    {
        try await engine.getItem(
            GetItemInput(
                tableName: table, key: key(sort), consistentRead: true, projectionExpression: projection,
                expressionAttributeNames: names)
        ).item
    }

    private func meets(_ condition: String, _ names: [String: String]? = nil, _ values: [String: AttributeValue]? = nil)
        async throws -> Bool
    {
        try await engine.scan(
            ScanInput(
                tableName: table, filterExpression: condition, expressionAttributeNames: names,
                expressionAttributeValues: values)
        ).count == 1
    }

    @Test(arguments: pairs) func aChangeOfBytesIsStored(one: String, two: String) async throws {
        try await put(["v": .string(one), "l": .list([.string(one)]), "m": .map([one: .null])])
        let output = try await engine.updateItem(
            UpdateItemInput(
                tableName: table, key: key(), returnValues: .allNew,
                updateExpression: "SET v = :v, l[0] = :v, m = :m",
                expressionAttributeValues: [":v": .string(two), ":m": .map([two: .null])]))
        let expected = key().merging(["v": .string(two), "l": .list([.string(two)]), "m": .map([two: .null])]) { $1 }
        #expect(output.attributes == expected)
        #expect(try await get() == expected)
        await engine.close()
    }

    @Test(arguments: pairs) func namesAreToldApart(one: String, two: String) async throws {
        let names = ["#1": one, "#2": two]
        let both: Item = [one: .number(1), two: .number(2)]
        try await put(both.merging(["m": .map(both)]) { $1 })
        #expect(try await get("s", "#1", ["#1": one]) == [one: .number(1)])
        #expect(try await get("s", "#2, #1", names) == both)
        #expect(try await get("s", "m.#2", ["#2": two]) == ["m": .map([two: .number(2)])])
        let update = UpdateItemInput(
            tableName: table, key: key(), returnValues: .updatedNew,
            updateExpression: "SET #1 = #2 + :n, m.#2 = #1 REMOVE m.#1 ADD #2 :n", expressionAttributeNames: names,
            expressionAttributeValues: [":n": .number(10)])
        #expect(
            try await engine.updateItem(update).attributes
                == [one: .number(12), two: .number(12), "m": .map([two: .number(1)])])
        #expect(
            try await get()
                == key().merging([one: .number(12), two: .number(12), "m": .map([two: .number(1)])]) { $1 })
        #expect(try await meets("attribute_exists(m.#2) AND attribute_not_exists(m.#1)", names))
        await engine.close()
    }

    @Test(arguments: pairs) func setsHoldBoth(one: String, two: String) async throws {
        try await put(["s": .stringSet([one, two]), "t": .stringSet([one])])
        #expect(try await get()?["s"] == .stringSet([one, two]))
        #expect(try await meets("contains(s, :1) AND contains(s, :2)", nil, [":1": .string(one), ":2": .string(two)]))
        #expect(try await !meets("contains(t, :2)", nil, [":2": .string(two)]))
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: table, key: key(), updateExpression: "ADD t :2 DELETE s :1",
                expressionAttributeValues: [":1": .stringSet([one]), ":2": .stringSet([two])]))
        #expect(
            try await get() == key().merging(["s": .stringSet([two]), "t": .stringSet([one, two])]) { $1 })
        await engine.close()
    }

    @Test(
        arguments: pairs,
        [
            "v = :2", "v IN (:2)", "v BETWEEN :2 AND :2", "contains(v, :2)", "contains(l, :2)", "begins_with(v, :2)",
            "m = :m", "s = :s", "l = :l", "NOT v <> :2", "v >= :2 AND v <= :2",
        ])
    func conditionsCompareBytes(pair: (String, String), condition: String) async throws {
        let (one, two) = pair
        func values(_ text: String) -> [String: AttributeValue] {
            let all: [String: AttributeValue] = [
                ":2": .string(text), ":m": .map([text: .null]), ":s": .stringSet([text]),
                ":l": .list([.string(text)]),
            ]
            return all.filter { condition.contains($0.key) }
        }
        try await put([
            "v": .string(one), "l": .list([.string(one)]), "m": .map([one: .null]), "s": .stringSet([one]),
        ])
        #expect(try await meets(condition, nil, values(one)))
        #expect(try await !meets(condition, nil, values(two)))
        await engine.close()
    }

    @Test(arguments: pairs) func keysAreToldApart(one: String, two: String) async throws {
        let items = [one, two].map { key($0).merging(["v": .string($0)]) { $1 } }
        _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [table: items.map { .put($0) }]))
        let read = try await engine.batchGetItem(
            BatchGetItemInput(requestItems: [table: KeysAndAttributes(keys: [key(one), key(two)])]))
        #expect(Set(read.responses[table] ?? []) == Set(items))
        let found = try await engine.query(
            QueryInput(
                tableName: table, keyConditionExpression: "PK = :p AND SK = :s",
                expressionAttributeValues: [":p": .string("p"), ":s": .string(one)]))
        #expect(found.items == [items[0]])
        _ = try await engine.transactWriteItems(
            TransactWriteItemsInput(transactItems: [one, two].map { .delete(Delete(tableName: table, key: key($0))) }))
        #expect(try await get(one) == nil)
        await engine.close()
    }

    @Test(arguments: pairs) func keyAttributesAreToldApart(one: String, two: String) async throws {
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "names",
                attributeDefinitions: [one, two].map { AttributeDefinition(attributeName: $0, attributeType: .string) },
                keySchema: EventTable.key(one, two), billingMode: .payPerRequest))
        let item: Item = [one: .string("a"), two: .string("b")]
        _ = try await engine.putItem(PutItemInput(tableName: "names", item: item))
        #expect(try await engine.getItem(GetItemInput(tableName: "names", key: item)).item == item)
        await engine.close()
    }

    @Test(arguments: pairs) func legacyParametersNameBoth(one: String, two: String) async throws {
        let both: Item = [one: .number(1), two: .number(2)]
        try await put(both)
        let get = GetItemInput(tableName: table, key: key(), attributesToGet: [one, two])
        #expect(try await engine.getItem(get).item == both)
        let equal = { (number: Int) in
            Condition(comparisonOperator: .equal, attributeValueList: [.number(number)])
        }
        let scan = ScanInput(tableName: table, scanFilter: [one: equal(1), two: equal(2)])
        #expect(try await engine.scan(scan).count == 1)
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: table, key: key(),
                attributeUpdates: [
                    one: AttributeValueUpdate(action: .delete),
                    two: AttributeValueUpdate(value: .number(3), action: .put),
                ], expected: [one: ExpectedAttributeValue(value: .number(1))]))
        #expect(try await self.get() == key().merging([two: .number(3)]) { $1 })
        await engine.close()
    }

    @Test(arguments: pairs) func statementsNameBoth(one: String, two: String) async throws {
        func run(_ statement: String) async throws -> [Item] {
            try await engine.executeStatement(ExecuteStatementInput(statement: statement)).items ?? []
        }
        _ = try await run(
            "INSERT INTO \"\(table)\" VALUE {'PK': 'p', 'SK': 's', '\(one)': '\(one)', '\(two)': '\(two)', "
                + "'s': <<'\(one)', '\(two)'>>}")
        #expect(
            try await get()
                == key().merging([
                    one: .string(one), two: .string(two), "s": .stringSet([one, two]),
                ]) { $1 })
        _ = try await run("UPDATE \"\(table)\" SET \"\(one)\" = '\(two)' WHERE PK = 'p' AND SK = 's'")
        #expect(
            try await run("SELECT \"\(one)\", \"\(two)\" FROM \"\(table)\" WHERE \"\(one)\" = '\(two)'")
                == [[one: .string(two), two: .string(two)]])
        #expect(try await run("SELECT * FROM \"\(table)\" WHERE \"\(one)\" = '\(one)'").isEmpty)
        await engine.close()
    }

    @Test(arguments: pairs) func aTokenToldTwiceIsOfOneRequest(one: String, two: String) async throws {
        // Each time in a map of another order.
        for capacity in [2, 100, 1000] {
            var item = Item(minimumCapacity: capacity)
            item.merge(key()) { $1 }
            item.merge([one: .number(1), two: .number(2)]) { $1 }
            _ = try await engine.transactWriteItems(
                TransactWriteItemsInput(
                    transactItems: [.put(Put(tableName: table, item: item))], clientRequestToken: "token"))
        }
        let other: Item = key().merging([one: .number(2), two: .number(1)]) { $1 }
        let error = await failure {
            try await engine.transactWriteItems(
                TransactWriteItemsInput(
                    transactItems: [.put(Put(tableName: table, item: other))], clientRequestToken: "token"))
        }
        #expect(error?.code == .idempotentParameterMismatchException)
        await engine.close()
    }
}
