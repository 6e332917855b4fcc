import DynamoDB
import DynamoDBEngine
import Testing

@Suite struct QueryTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    /// Partition "p" with sort keys -2 to 9, index keys "u" and "v", and one item of another partition.
    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory)
        let definition = { (name: String, type: ScalarAttributeType) in
            AttributeDefinition(attributeName: name, attributeType: type)
        }
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "numbers",
                attributeDefinitions: [
                    definition("pk", .string), definition("sk", .number), definition("g", .string),
                    definition("l", .string),
                ],
                keySchema: EventTable.key("pk", "sk"),
                localSecondaryIndexes: [
                    LocalSecondaryIndex(
                        indexName: "local", keySchema: EventTable.key("pk", "l"),
                        projection: Projection(projectionType: .include, nonKeyAttributes: ["kept"]))
                ],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "global", keySchema: EventTable.key("g", "sk"),
                        projection: Projection(projectionType: .keysOnly))
                ],
                billingMode: .payPerRequest))
        for number in -2..<10 {
            try await put(
                "p", number,
                [
                    "g": .string(number % 2 == 0 ? "even" : "odd"), "l": .string("l\(9 - number)"),
                    "kept": .number(DecimalNumber(number)), "extra": .string("x"),
                ])
        }
        try await put("q", 1)
    }

    private func put(_ partition: String, _ sort: Int, _ more: Item = [:]) async throws {
        let key: Item = ["pk": .string(partition), "sk": .number(DecimalNumber(sort))]
        _ = try await engine.putItem(PutItemInput(tableName: "numbers", item: key.merging(more) { $1 }))
    }

    private func input(_ condition: String, _ values: [String: AttributeValue], index: String? = nil) -> QueryInput {
        QueryInput(
            tableName: "numbers", indexName: index, keyConditionExpression: condition,
            expressionAttributeValues: values)
    }

    private func sorts(_ items: [Item]) -> [Int] {
        items.compactMap { item in
            if case .number(let number) = item["sk"] { number.int } else { nil }
        }
    }

    @Test(arguments: [
        ("pk = :p", Array(-2...9)), ("pk = :p AND sk = :five", [5]), ("pk = :p AND sk < :two", [-2, -1, 0, 1]),
        ("pk = :p AND sk <= :two", [-2, -1, 0, 1, 2]), ("pk = :p AND sk > :five", [6, 7, 8, 9]),
        ("pk = :p AND sk >= :five", [5, 6, 7, 8, 9]), ("sk BETWEEN :two AND :five AND pk = :p", [2, 3, 4, 5]),
        (":p = pk AND :five < sk", [6, 7, 8, 9]), ("(pk = :p) AND (sk = :two)", [2]),
    ])
    func keyConditionsSelect(condition: String, expected: [Int]) async throws {
        let all: [String: AttributeValue] = [":p": .string("p"), ":two": .number(2), ":five": .number(5)]
        var query = input(condition, all.filter { condition.contains($0.key) })
        #expect(sorts(try await engine.queryAll(query)) == expected)
        query.scanIndexForward = false
        #expect(sorts(try await engine.queryAll(query)) == expected.reversed())
        for limit in [1, 2, 5] {
            query.limit = limit
            #expect(sorts(try await engine.queryAll(query)) == expected.reversed())
        }
        query.scanIndexForward = true
        #expect(sorts(try await engine.queryAll(query)) == expected)
        await engine.close()
    }

    @Test func limitCountsBeforeTheFilter() async throws {
        var query = input("pk = :p", [":p": .string("p"), ":x": .string("odd")])
        query.filterExpression = "g = :x"
        query.limit = 5
        let page = try await engine.query(query)
        #expect(page.scannedCount == 5)
        #expect(page.count == 2)
        #expect(page.lastEvaluatedKey == ["pk": .string("p"), "sk": .number(2)])
        query.select = .count
        let counted = try await engine.query(query)
        #expect(counted.items == nil && counted.count == 2)
        await engine.close()
    }

    @Test func pagesEndAtAMegabyte() async throws {
        for number in 0..<6 {
            try await put("big", number, ["data": .binary(.init(repeating: 7, count: 300_000))])
        }
        let query = input("pk = :p", [":p": .string("big")])
        let page = try await engine.query(query)
        #expect(page.count == 4)
        #expect(page.lastEvaluatedKey == ["pk": .string("big"), "sk": .number(3)])
        #expect(sorts(try await engine.queryAll(query)) == Array(0..<6))
        await engine.close()
    }

    @Test func indexesProject() async throws {
        let global = try await engine.query(
            input("g = :g AND sk >= :s", [":g": .string("odd"), ":s": .number(5)], index: "global"))
        #expect(sorts(global.items ?? []) == [5, 7, 9])
        #expect(global.items?.first == ["pk": .string("p"), "sk": .number(5), "g": .string("odd")])
        var local = input("pk = :p AND begins_with(l, :l)", [":p": .string("p"), ":l": .string("l1")], index: "local")
        let projected = try await engine.query(local)
        #expect(sorts(projected.items ?? []) == [8, -1, -2])
        #expect(
            projected.items?.first == ["pk": .string("p"), "sk": .number(8), "l": .string("l1"), "kept": .number(8)])
        local.select = .allAttributes
        #expect(try await engine.query(local).items?.first?["extra"] == .string("x"))
        local.select = nil
        local.projectionExpression = "extra"
        #expect(try await engine.query(local).items?.first == ["extra": .string("x")])
        var limited = input("g = :g", [":g": .string("even")], index: "global")
        limited.limit = 1
        let position = try await engine.query(limited).lastEvaluatedKey
        #expect(position == ["pk": .string("p"), "sk": .number(-2), "g": .string("even")])
        await engine.close()
    }

    @Test(arguments: [
        ("sk = :p", "Query condition missed key schema element: pk"),
        ("pk > :p", "Query key condition not supported"),
        ("pk = :p AND g = :p", "Query condition missed key schema element: sk"),
        (
            "pk = :p AND pk = :p",
            "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key"
        ),
        (
            "pk = :p AND sk > :p AND extra = :p",
            "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"
        ),
        ("pk = :p OR sk = :p", "Invalid operator used in KeyConditionExpression: OR"),
        ("pk = :p AND NOT sk = :p", "Invalid operator used in KeyConditionExpression: NOT"),
        (
            "pk = :p AND sk = :p",
            "One or more parameter values were invalid: Condition parameter type does not match schema type"
        ),
        ("pk = :p AND sk <> :p", "Unsupported operator on KeyCondition: operator: <>"),
        ("pk.x = :p", "KeyConditionExpressions cannot have conditions on nested attributes"),
        ("pk = :p AND contains(sk, :p)", "Invalid operator used in KeyConditionExpression: contains"),
    ])
    func badConditionsAreRefused(condition: String, message: String) async throws {
        await expect(.validationException, message) {
            try await engine.query(input(condition, [":p": .string("p")]))
        }
        await engine.close()
    }

    @Test func positionsAreChecked() async throws {
        var query = input("pk = :p AND sk > :s", [":p": .string("p"), ":s": .number(5)])
        query.exclusiveStartKey = ["pk": .string("q"), "sk": .number(7)]
        await expect(
            .validationException, "The provided starting key is outside query boundaries based on provided conditions"
        ) {
            try await engine.query(query)
        }
        query.exclusiveStartKey = ["pk": .string("p"), "sk": .number(3)]
        await expect(.validationException, "The provided starting key does not match the range key predicate") {
            try await engine.query(query)
        }
        query.exclusiveStartKey = ["pk": .string("p")]
        await expect(.validationException, "The provided starting key is invalid") {
            try await engine.query(query)
        }
        query.exclusiveStartKey = ["pk": .string("p"), "sk": .number(7)]
        #expect(sorts(try await engine.query(query).items ?? []) == [8, 9])
        await engine.close()
    }

    @Test func selectionsAreChecked() async throws {
        var query = input("g = :g", [":g": .string("odd")], index: "global")
        query.consistentRead = true
        await expect(.validationException, "Consistent reads are not supported on global secondary indexes") {
            try await engine.query(query)
        }
        query.consistentRead = false
        query.select = .allAttributes
        await expect(
            .validationException,
            "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index global because its projection type is not ALL"
        ) { try await engine.query(query) }
        query.select = .count
        query.projectionExpression = "g"
        await expect(
            .validationException, "Cannot specify the ProjectionExpression when choosing to get only the Count"
        ) { try await engine.query(query) }
        query.projectionExpression = nil
        query.select = nil
        query.indexName = "absent"
        await expect(.validationException, "The table does not have the specified index: absent") {
            try await engine.query(query)
        }
        var filtered = input("pk = :p", [":p": .string("p")])
        filtered.filterExpression = "sk = :p"
        await expect(
            .validationException,
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"
        ) { try await engine.query(filtered) }
        await engine.close()
    }

    @Test func filtersOfIndexesNameWhatIsProjected() async throws {
        for (index, condition) in [("global", "g = :v"), ("local", "pk = :v")] {
            var query = input(condition, [":v": .string("p"), ":x": .string("x")], index: index)
            query.filterExpression = "extra = :x OR absent = :x"
            await expect(
                .validationException,
                "One or more parameter values were invalid: Secondary index \(index) does not project one or more filter "
                    + "attributes: [absent, extra]"
            ) { try await engine.query(query) }
            // A scan takes as absent what the index does not hold.
            let scan = ScanInput(
                tableName: "numbers", indexName: index, filterExpression: "attribute_exists(extra)")
            #expect(try await engine.scan(scan).count == 0)
        }
        var held = input("pk = :p", [":p": .string("p"), ":n": .number(8)], index: "local")
        held.filterExpression = "kept > :n"
        #expect(sorts(try await engine.query(held).items ?? []) == [9])
        await engine.close()
    }

    @Test func scansSeeEverythingOnce() async throws {
        let whole = try await engine.scanAll("numbers")
        #expect(whole.count == 13)
        #expect(try await engine.scanAll("numbers", limit: 1) == whole)
        var parts: [Item] = []
        for segment in 0..<3 { parts += try await engine.scanAll("numbers", limit: 2, segment: segment, of: 3) }
        #expect(Set(parts) == Set(whole) && parts.count == 13)
        #expect(try await engine.scanAll("numbers", index: "global").count == 12)
        await expect(
            .validationException,
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 3 is not less than TotalSegments: 3"
        ) {
            try await engine.scan(ScanInput(tableName: "numbers", totalSegments: 3, segment: 3))
        }
        await engine.close()
    }

    /// A local index that lacks an attribute that is wanted: each item is the one that its entry is of, although writers
    /// move it out of the range all the while.
    @Test func itemsBesideAnIndexAreThoseOfTheirEntries() async throws {
        let count = 200
        for number in 0..<count { try await put("r", number, ["l": .string("in"), "extra": .string("x")]) }
        let input = QueryInput(
            tableName: "numbers", indexName: "local", select: .allAttributes, consistentRead: true,
            keyConditionExpression: "pk = :p AND l = :l",
            expressionAttributeValues: [":p": .string("r"), ":l": .string("in")])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<2 {
                group.addTask {
                    for round in 0..<1000 {
                        let place = AttributeValue.string(round % 2 == 0 ? "out" : "in")
                        try await put("r", round / 2 * 7 % (count / 2) * 2 + writer, ["l": place, "extra": place])
                    }
                }
            }
            group.addTask {
                for _ in 0..<100 {
                    let items = try await engine.query(input).items ?? []
                    #expect(items.allSatisfy { $0["l"] == .string("in") && $0["extra"] != .string("out") })
                }
            }
            try await group.waitForAll()
        }
        #expect(try await engine.query(input).count == count)
        await engine.close()
    }
}
