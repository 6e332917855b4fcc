import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Random operations on an engine and on a dictionary that must agree, with reopening in between.
@Suite struct ModelTests {
    private static let table = "model"

    /// Keys that collide, order strangely and contain what encodings must escape.
    private static let partitions: [AttributeValue] = ["", "a", "a\0", "a\0b", "ab", "\u{10FFFF}"].map {
        .string("p" + $0)
    }
    private static let sorts: [AttributeValue] = [
        "-1E125", "-20", "-2.5", "-1E-130", "0", "1E-130", "0.5", "3", "10", "1E125",
    ]
    .compactMap { DecimalNumber($0) }.map { .number($0) }
    private static let owners: [AttributeValue] = [[0], [0, 0xFF], [1], [0xFF], [0xFF, 0xFF]].map { .binary($0) }

    private static let definition = CreateTableInput(
        tableName: table,
        attributeDefinitions: [
            AttributeDefinition(attributeName: "pk", attributeType: .string),
            AttributeDefinition(attributeName: "sk", attributeType: .number),
            AttributeDefinition(attributeName: "owner", attributeType: .binary),
            AttributeDefinition(attributeName: "rank", attributeType: .number),
        ],
        keySchema: EventTable.key("pk", "sk"),
        localSecondaryIndexes: [
            LocalSecondaryIndex(
                indexName: "by-rank", keySchema: EventTable.key("pk", "rank"),
                projection: Projection(projectionType: .keysOnly))
        ],
        globalSecondaryIndexes: [
            GlobalSecondaryIndex(
                indexName: "all", keySchema: EventTable.key("owner", "rank"),
                projection: Projection(projectionType: .all)),
            GlobalSecondaryIndex(
                indexName: "some", keySchema: [KeySchemaElement(attributeName: "rank", keyType: .hash)],
                projection: Projection(projectionType: .include, nonKeyAttributes: ["note"])),
        ],
        billingMode: .payPerRequest)

    private struct Model {
        var items: [Item: Item] = [:]

        static func key(of item: Item) -> Item { item.filter { ["pk", "sk"].contains($0.key) } }

        /// What an index holds, by the rules of the API.
        func entries(requiring names: [String], projecting projected: [String]?) -> Set<Item> {
            Set(
                items.values.filter { item in names.allSatisfy { item[$0] != nil } }
                    .map { item in projected.map { projected in item.filter { projected.contains($0.key) } } ?? item })
        }
    }

    @Test(arguments: 1...4)
    func engineAgreesWithModel(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        var engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(Self.definition)
        var random = SeededGenerator(seed: seed)
        var model = Model()
        for step in 0..<1_500 {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<45: try await put(&model, engine, &random)
            case 45..<65: try await delete(&model, engine, &random)
            case 65..<75: try await batch(&model, engine, &random)
            case 75..<95: try await query(model, engine, &random)
            case 95..<98: try await check(model, engine)
            default:
                await engine.close()
                engine = try Engine.open(in: directory, synchronous: false)
            }
            if step % 500 == 250 { try engine.compact() }
        }
        try await check(model, engine)
        await engine.close()
    }

    private func randomItem(_ random: inout SeededGenerator) -> Item {
        var item = randomKey(&random)
        if Int.random(in: 0..<4, using: &random) > 0 { item["owner"] = Self.owners.randomElement(using: &random) }
        if Int.random(in: 0..<4, using: &random) > 0 {
            item["rank"] = .number(DecimalNumber(Int.random(in: 0...3, using: &random)))
        }
        if Bool.random(using: &random) { item["note"] = random.value() }
        if Bool.random(using: &random) { item["more"] = random.value() }
        return item
    }

    private func randomKey(_ random: inout SeededGenerator) -> Item {
        [
            "pk": Self.partitions.randomElement(using: &random) ?? .null,
            "sk": Self.sorts.randomElement(using: &random) ?? .null,
        ]
    }

    private func put(_ model: inout Model, _ engine: Engine, _ random: inout SeededGenerator) async throws {
        let item = randomItem(&random)
        let key = Model.key(of: item)
        var input = PutItemInput(tableName: Self.table, item: item, returnValues: .allOld)
        if Int.random(in: 0..<3, using: &random) == 0 {
            input.conditionExpression = "attribute_not_exists(pk) OR attribute_exists(note)"
            if let old = model.items[key], old["note"] == nil {
                #expect(await failure { try await engine.putItem(input) }?.code == .conditionalCheckFailedException)
                return
            }
        }
        #expect(try await engine.putItem(input).attributes == model.items.updateValue(item, forKey: key))
    }

    private func delete(_ model: inout Model, _ engine: Engine, _ random: inout SeededGenerator) async throws {
        let key = randomKey(&random)
        let output = try await engine.deleteItem(
            DeleteItemInput(tableName: Self.table, key: key, returnValues: .allOld))
        #expect(output.attributes == model.items.removeValue(forKey: key))
    }

    private func batch(_ model: inout Model, _ engine: Engine, _ random: inout SeededGenerator) async throws {
        var requests: [Item: WriteRequest] = [:]
        for _ in 0..<Int.random(in: 1...25, using: &random) {
            let item = randomItem(&random)
            let key = Model.key(of: item)
            requests[key] = Int.random(in: 0..<4, using: &random) == 0 ? .delete(key: key) : .put(item)
        }
        _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [Self.table: Array(requests.values)]))
        for (key, request) in requests {
            if case .put(let item) = request { model.items[key] = item } else { model.items[key] = nil }
        }
    }

    private func query(_ model: Model, _ engine: Engine, _ random: inout SeededGenerator) async throws {
        let partition = Self.partitions.randomElement(using: &random) ?? .null
        let bounds = [
            Self.sorts.randomElement(using: &random) ?? .null, Self.sorts.randomElement(using: &random) ?? .null,
        ]
        .sorted { $0.precedes($1) }
        var input = QueryInput(
            tableName: Self.table, keyConditionExpression: "pk = :p AND sk BETWEEN :a AND :b",
            expressionAttributeValues: [":p": partition, ":a": bounds[0], ":b": bounds[1]])
        let forward = Bool.random(using: &random)
        input.scanIndexForward = forward
        input.limit = [nil, 1, 2, 3].randomElement(using: &random) ?? nil
        let expected = model.items.values
            .filter { item in
                guard let sort = item["sk"] else { return false }
                return item["pk"] == partition && !sort.precedes(bounds[0]) && !bounds[1].precedes(sort)
            }
            .sorted { one, other in one["sk"]?.precedes(other["sk"] ?? .null) == forward }
        #expect(try await engine.queryAll(input) == expected)
    }

    /// The table is the model, and each index is what the table says it should be.
    private func check(_ model: Model, _ engine: Engine) async throws {
        let items = try await engine.scanAll(Self.table, limit: 7)
        #expect(items.count == model.items.count && Set(items) == Set(model.items.values))
        for (index, required, projected) in [
            ("all", ["owner", "rank"], nil), ("some", ["rank"], ["pk", "sk", "rank", "note"]),
            ("by-rank", ["rank"], ["pk", "sk", "rank"]),
        ] as [(String, [String], [String]?)] {
            let entries = try await engine.scanAll(Self.table, index: index, limit: 7)
            let expected = model.entries(requiring: required, projecting: projected)
            #expect(entries.count == expected.count && Set(entries) == expected, "\(index)")
        }
        for (key, item) in model.items {
            #expect(try await engine.getItem(GetItemInput(tableName: Self.table, key: key)).item == item)
        }
        let description = try await engine.describeTable(DescribeTableInput(tableName: Self.table)).table
        #expect(description.itemCount == model.items.count)
        let bytes = try model.items.values.reduce(0) { try $0 + StoredItemEncoder.encode($1).size }
        #expect(description.tableSizeBytes == bytes)
        let indexed = model.entries(requiring: ["owner", "rank"], projecting: nil)
        let described = description.globalSecondaryIndexes?.first { $0.indexName == "all" }
        #expect(described?.itemCount == indexed.count)
        #expect(described?.indexSizeBytes == (try indexed.reduce(0) { try $0 + StoredItemEncoder.encode($1).size }))
    }
}
