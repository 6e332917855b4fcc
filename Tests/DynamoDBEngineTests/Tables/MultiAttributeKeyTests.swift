import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Global secondary indexes whose keys have up to four partition and four sort attributes.
@Suite struct MultiAttributeKeyTests {
    private static let table = "Matches"
    private static let partition = ["p1", "p2", "p3", "p4"]
    private static let sort = ["s1", "s2", "s3", "s4"]

    /// Strings, numbers and binary in turn, so that neighbours differ.
    private static func type(of name: String) -> ScalarAttributeType {
        ["p1": .string, "p2": .number, "p3": .binary, "s1": .number, "s2": .string, "s3": .binary][name] ?? .number
    }

    private static func definition(_ schema: [KeySchemaElement]) -> CreateTableInput {
        CreateTableInput(
            tableName: table,
            attributeDefinitions: ["id"].map { AttributeDefinition(attributeName: $0, attributeType: .number) }
                + Set(schema.map(\.attributeName)).sorted().map {
                    AttributeDefinition(attributeName: $0, attributeType: type(of: $0))
                },
            keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
            globalSecondaryIndexes: [
                GlobalSecondaryIndex(
                    indexName: "many", keySchema: schema, projection: Projection(projectionType: .all))
            ],
            billingMode: .payPerRequest)
    }

    private static func schema(_ partition: some Sequence<String>, _ sort: some Sequence<String>) -> [KeySchemaElement]
    {
        partition.map { KeySchemaElement(attributeName: $0, keyType: .hash) }
            + sort.map { KeySchemaElement(attributeName: $0, keyType: .range) }
    }

    /// Few different values, with those among them that an encoding could confuse across attributes.
    private static func value(of name: String, _ random: inout SeededGenerator) -> AttributeValue {
        switch type(of: name) {
        case .string: .string(["a", "a\0", "ab", "b"].randomElement(using: &random) ?? "a")
        case .number: .number(DecimalNumber(Int.random(in: -1...2, using: &random)))
        case .binary: .binary([[0], [0, 0], [0, 0xFF], [1]].randomElement(using: &random) ?? [0])
        }
    }

    @Test(arguments: [(1, 2), (2, 0), (2, 3), (4, 4)], [1, 2] as [UInt64])
    func queriesAgreeWithModel(counts: (Int, Int), seed: UInt64) async throws {
        let (partition, sort) = (Self.partition.prefix(counts.0), Self.sort.prefix(counts.1))
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(Self.definition(Self.schema(partition, sort)))
        var random = SeededGenerator(seed: seed)
        var items: [Item] = []
        for id in 0..<300 {
            var item: Item = ["id": .number(DecimalNumber(id))]
            for name in partition { item[name] = Self.value(of: name, &random) }
            // Partitions of some size, whatever the number of attributes.
            if let like = items.randomElement(using: &random), Int.random(in: 0..<5, using: &random) > 0 {
                for name in partition { item[name] = like[name] ?? item[name] }
            }
            for name in sort { item[name] = Self.value(of: name, &random) }
            if Int.random(in: 0..<10, using: &random) == 0 {
                item[(partition + sort).randomElement(using: &random) ?? ""] = nil
            }
            items.append(item)
            _ = try await engine.putItem(PutItemInput(tableName: Self.table, item: item))
        }
        let indexed = items.filter { item in (partition + sort).allSatisfy { item[$0] != nil } }
        #expect(Set(try await engine.scanAll(Self.table, index: "many", limit: 11)) == Set(indexed))
        for _ in 0..<150 {
            guard let like = indexed.randomElement(using: &random) else { continue }
            let query = Query(like: like, partition: partition, sort: sort, &random)
            let expected = query.answer(from: indexed, sort: sort)
            #expect(try await engine.queryAll(query.input(Self.table)) == expected, "\(query)")
        }
        await engine.close()
    }

    private struct Query {
        var equalities: [(name: String, value: AttributeValue)]
        var bound: (name: String, comparator: String, value: AttributeValue)?
        let forward: Bool
        let limit: Int?

        init(
            like item: Item, partition: ArraySlice<String>, sort: ArraySlice<String>, _ random: inout SeededGenerator
        ) {
            let depth = Int.random(in: 0...sort.count, using: &random)
            equalities = (partition + sort.prefix(depth)).map { ($0, item[$0] ?? .null) }
            if depth < sort.count, Bool.random(using: &random) {
                let name = sort[depth]
                let comparator = ["<", "<=", ">", ">="].randomElement(using: &random) ?? "<"
                bound = (name, comparator, MultiAttributeKeyTests.value(of: name, &random))
            }
            forward = Bool.random(using: &random)
            limit = [nil, 1, 3].randomElement(using: &random) ?? nil
        }

        func input(_ table: String) -> QueryInput {
            var terms = equalities.enumerated().map { "\($1.name) = :e\($0)" }
            var values = Dictionary(uniqueKeysWithValues: equalities.enumerated().map { (":e\($0)", $1.value) })
            if let bound {
                terms.append("\(bound.name) \(bound.comparator) :b")
                values[":b"] = bound.value
            }
            return QueryInput(
                tableName: table, indexName: "many", limit: limit, scanIndexForward: forward,
                keyConditionExpression: terms.joined(separator: " AND "), expressionAttributeValues: values)
        }

        func answer(from items: [Item], sort: ArraySlice<String>) -> [Item] {
            let found = items.filter { item in
                equalities.allSatisfy { item[$0.name] == $0.value } && isWithinBound(item)
            }
            .sorted { one, other in
                for name in sort + ["id"] where one[name] != other[name] {
                    return one[name]?.precedes(other[name] ?? .null) ?? false
                }
                return false
            }
            return forward ? found : found.reversed()
        }

        private func isWithinBound(_ item: Item) -> Bool {
            guard let bound, let value = item[bound.name] else { return bound == nil }
            return switch bound.comparator {
            case "<": value.precedes(bound.value)
            case "<=": !bound.value.precedes(value)
            case ">": bound.value.precedes(value)
            default: !value.precedes(bound.value)
            }
        }
    }

    @Test(
        arguments: [
            ("p1 = :s", "Query condition missed key schema element: p2"),
            ("p1 = :s AND p2 > :n", "Query key condition not supported"),
            (
                "p1 = :s AND p2 = :n AND s2 = :s",
                "RANGE key attributes s1 must have equality conditions specified in the query because a condition is present on key attribute s2"
            ),
            (
                "p1 = :s AND p2 = :n AND s1 > :n AND s2 = :s",
                "RANGE key attributes s1 must have equality conditions specified in the query because a condition is present on key attribute s2"
            ),
            ("p1 = :s AND p2 = :n AND unknown1 = :s", "Query condition missed key schema element: s1"),
        ])
    func conditionsGoFromLeftToRight(expression: String, message: String) async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(Self.definition(Self.schema(["p1", "p2"], ["s1", "s2"])))
        let values: [String: AttributeValue] = [":s": .string("a"), ":n": .number(1)]
        await expect(.validationException, message) {
            try await engine.query(
                QueryInput(
                    tableName: Self.table, indexName: "many", keyConditionExpression: expression,
                    expressionAttributeValues: values.filter { expression.contains($0.key) }))
        }
        await engine.close()
    }

    @Test func aPositionHasEveryKeyAttribute() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(Self.definition(Self.schema(["p1", "p2"], ["s1", "s2"])))
        var item: Item = ["p1": .string("a"), "p2": .number(1), "s1": .number(1), "s2": .string("b")]
        for id in 0..<2 {
            item["id"] = .number(DecimalNumber(id))
            _ = try await engine.putItem(PutItemInput(tableName: Self.table, item: item))
        }
        let page = try await engine.scan(ScanInput(tableName: Self.table, indexName: "many", limit: 1))
        #expect(page.lastEvaluatedKey.map { Set($0.keys) } == ["id", "p1", "p2", "s1", "s2"])
        await engine.close()
    }

    @Test func keysAreLimited() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        let five = Self.partition + ["p5"]
        for schema in [
            Self.schema(five, []), Self.schema(["p1"], Self.sort + ["s5"]),
            [
                KeySchemaElement(attributeName: "s1", keyType: .range),
                KeySchemaElement(attributeName: "p1", keyType: .hash),
            ],
            Self.schema(["p1"], ["s1"]) + Self.schema(["p2"], []), Self.schema(["p1", "p1"], []),
        ] {
            let error = await failure { try await engine.createTable(Self.definition(schema)) }
            #expect(error?.code == .validationException)
        }
        // A table's own key has one of each at most.
        var table = Self.definition(Self.schema(["p1", "p2"], []))
        table.keySchema = Self.schema(["id", "p1"], [])
        await expect(
            .validationException, "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"
        ) { [table] in try await engine.createTable(table) }
        await engine.close()
    }
}
