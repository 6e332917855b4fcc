import DynamoDB
import Foundation
import Testing

@testable import DynamoDBEngine

/// Requests with as many parts as their bytes allow, each in a process of its own: a trap, an exhausted stack or a time
/// that grows with the square of the parts ends that process, and fails the test.
@Suite struct LargeRequestTests {
    @Test func legacyConditions() async {
        await #expect(processExitsWith: .success) { try await LargeRequests.run(LargeRequests.legacyConditions) }
    }

    @Test func attributeUpdates() async {
        await #expect(processExitsWith: .success) { try await LargeRequests.run(LargeRequests.attributeUpdates) }
    }

    @Test func expressions() async {
        await #expect(processExitsWith: .success) { try await LargeRequests.run(LargeRequests.expressions) }
    }

    @Test func largeValues() async {
        await #expect(processExitsWith: .success) { try await LargeRequests.run(LargeRequests.largeValues) }
    }

    @Test func tables() async {
        await #expect(processExitsWith: .success) { try await LargeRequests.run(LargeRequests.tables) }
    }

    @Test func batchesAndTransactions() async {
        await #expect(processExitsWith: .success) { try await LargeRequests.run(LargeRequests.batchesAndTransactions) }
    }
}

private enum LargeRequests {
    /// Parts of a request: some megabytes of them.
    static let count = 60_000

    /// Bounds the processor time of this process. What takes seconds is let be, what takes the square of it is not.
    static func limitTime() {
        var limit = rlimit(rlim_cur: 120, rlim_max: 120)
        guard setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit) == 0 else { fatalError("setrlimit failed") }
    }

    static func run(_ body: (Engine) async throws -> Void) async throws {
        limitTime()
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        for sort in ["a", "b"] {
            _ = try await engine.putItem(
                PutItemInput(tableName: EventTable.name, item: ["PK": "p", "SK": .string(sort), "n": 1]))
        }
        try await body(engine)
        await engine.close()
    }

    static let key: Item = ["PK": "p", "SK": "a"]
    static let names = (0..<count).map { "name\($0)" }

    static func map<Value>(_ value: (Int) -> Value) -> AttributeMap<Value> {
        AttributeMap(uniqueKeysWithValues: names.enumerated().map { ($1, value($0)) })
    }

    /// Conditions of all kinds.
    static func condition(_ number: Int) -> Condition {
        switch number % 4 {
        case 0: Condition(comparisonOperator: .null)
        case 1: Condition(comparisonOperator: .notContains, attributeValueList: [.string("x")])
        case 2: Condition(comparisonOperator: .between, attributeValueList: [.number(1), .number(2)])
        default: Condition(comparisonOperator: .in, attributeValueList: (0..<3).map { .number($0) })
        }
    }

    static func expectValidation(_ body: () async throws -> Void) async {
        let error = await failure(body)
        #expect(error?.code == .validationException, "\(String(describing: error))")
    }

    static func legacyConditions(_ engine: Engine) async throws {
        let conditions = Self.map(Self.condition)
        for conditionalOperator in [nil, .and, .or] as [ConditionalOperator?] {
            await Self.expectValidation {
                _ = try await engine.scan(
                    ScanInput(
                        tableName: EventTable.name, scanFilter: conditions,
                        conditionalOperator: conditionalOperator))
            }
            await Self.expectValidation {
                _ = try await engine.query(
                    QueryInput(
                        tableName: EventTable.name,
                        keyConditions: [
                            "PK": Condition(comparisonOperator: .equal, attributeValueList: [.string("p")])
                        ], queryFilter: conditions, conditionalOperator: conditionalOperator))
            }
            await Self.expectValidation {
                _ = try await engine.putItem(
                    PutItemInput(
                        tableName: EventTable.name, item: Self.key,
                        expected: Self.map { _ in ExpectedAttributeValue(exists: false) },
                        conditionalOperator: conditionalOperator))
            }
        }
        await Self.expectValidation {
            _ = try await engine.query(
                QueryInput(
                    tableName: EventTable.name,
                    keyConditions: Self.map { _ in
                        Condition(comparisonOperator: .equal, attributeValueList: [.string("p")])
                    }))
        }
        // As many as are allowed are decided.
        let allowed = AttributeMap(conditions.sorted().prefix(300).map { ($0.key, $0.value) }) { $1 }
        #expect(
            try await engine.scan(
                ScanInput(tableName: EventTable.name, scanFilter: allowed, conditionalOperator: .or)
            ).count == 2)
    }

    static func attributeUpdates(_ engine: Engine) async throws {
        // Too large an item, told after all the work; then one that removes what is not there.
        await Self.expectValidation {
            _ = try await engine.updateItem(
                UpdateItemInput(
                    tableName: EventTable.name, key: Self.key, returnValues: .updatedNew,
                    attributeUpdates: Self.map { _ in AttributeValueUpdate(value: .number(1), action: .add) }))
        }
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: EventTable.name, key: Self.key, returnValues: .updatedNew,
                attributeUpdates: Self.map { _ in AttributeValueUpdate(action: .delete) }))
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: EventTable.name, key: Self.key, returnValues: .allNew,
                attributeUpdates: AttributeMap(
                    (0..<25_000).map { ("\($0)", AttributeValueUpdate(value: .null, action: .put)) }
                ) { $1 }))
        let read = try await engine.getItem(
            GetItemInput(
                tableName: EventTable.name, key: Self.key, attributesToGet: Self.names + ["n"]))
        #expect(read.item == ["n": 1])
        await Self.expectValidation {
            _ = try await engine.getItem(
                GetItemInput(tableName: EventTable.name, key: Self.key, attributesToGet: Self.names + ["name0"])
            )
        }
    }

    static func expressions(_ engine: Engine) async throws {
        func scan(_ filter: String) -> ScanInput {
            ScanInput(
                tableName: EventTable.name, filterExpression: filter, expressionAttributeValues: [":v": .null])
        }
        let texts = [
            String(repeating: "(", count: 4000), String(repeating: "NOT ", count: 1000),
            String(repeating: "size(", count: 800),
            Array(repeating: "a=:v", count: 600).joined(separator: " AND "),
            "a IN (" + Array(repeating: ":v", count: 1300).joined(separator: ",") + ")",
            "a" + String(repeating: ".a", count: 1900), "a" + String(repeating: "[0]", count: 1300) + "=:v",
        ]
        for text in texts { await Self.expectValidation { _ = try await engine.scan(scan(text)) } }
        for text in texts.map({ "SET a = " + $0.prefix(4000) }) + [
            "SET a = " + String(repeating: "if_not_exists(a,", count: 240),
            "REMOVE " + (0..<1000).map { "m.a\($0)" }.joined(separator: ",").prefix(4000),
        ] {
            await Self.expectValidation {
                _ = try await engine.updateItem(
                    UpdateItemInput(
                        tableName: EventTable.name, key: Self.key, updateExpression: text,
                        expressionAttributeValues: [":v": .null]))
            }
        }
        // More placeholders than any expression can use.
        var unused = scan("a = :v")
        unused.expressionAttributeValues = Dictionary(
            uniqueKeysWithValues: Self.names.map { (":\($0)", .null) } + [(":v", .null)])
        unused.expressionAttributeNames = Dictionary(
            uniqueKeysWithValues: Self.names.map { ("#\($0)", $0) })
        await Self.expectValidation { _ = try await engine.scan(unused) }
        for statement in [
            "SELECT * FROM \"\(EventTable.name)\" WHERE " + String(repeating: "(", count: 8000),
            "SELECT * FROM \"\(EventTable.name)\" WHERE " + String(repeating: "NOT ", count: 2000),
            "INSERT INTO \"\(EventTable.name)\" VALUE {'PK': " + String(repeating: "[", count: 8000),
            "SELECT * FROM \"\(EventTable.name)\" WHERE a IN ["
                + Array(repeating: "1", count: 3900).joined(separator: ",") + "]",
            "SELECT a" + String(repeating: ".a", count: 3900) + " FROM \"\(EventTable.name)\"",
        ] {
            let error = await failure {
                _ = try await engine.executeStatement(ExecuteStatementInput(statement: statement))
            }
            #expect(error == nil || error?.code == .validationException)
        }
    }

    /// An update can give one large value many times, and a search can look for a long text in one like it.
    static func largeValues(_ engine: Engine) async throws {
        let list = AttributeValue.list(Array(repeating: .null, count: 150_000))
        let sets = (0..<300).map { "a\($0) = list_append(v, v)" }.joined(separator: ", ")
        _ = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: Self.key.merging(["v": list]) { $1 }))
        await Self.expectValidation {
            _ = try await engine.updateItem(
                UpdateItemInput(
                    tableName: EventTable.name, key: Self.key, updateExpression: "SET \(sets.prefix(4000))x"))
        }
        let text = String(repeating: "a", count: 390_000)
        _ = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: Self.key.merging(["v": .string(text)]) { $1 }))
        let part = text.prefix(190_000) + "b"
        let found = try await engine.scan(
            ScanInput(
                tableName: EventTable.name, filterExpression: "contains(v, :part)",
                expressionAttributeValues: [":part": .string(String(part))]))
        #expect(found.count == 0)
    }

    static func tables(_ engine: Engine) async throws {
        let definitions = Self.names.map { AttributeDefinition(attributeName: $0, attributeType: .string) }
        let indexes = Self.names.map { name in
            GlobalSecondaryIndex(
                indexName: name, keySchema: [KeySchemaElement(attributeName: name, keyType: .hash)],
                projection: Projection(projectionType: .all))
        }
        var table = EventTable.definition
        table.tableName = "Large"
        table.attributeDefinitions += definitions
        table.globalSecondaryIndexes = indexes
        await Self.expectValidation { _ = try await engine.createTable(table) }
        let error = await failure {
            _ = try await engine.updateTable(
                UpdateTableInput(
                    tableName: EventTable.name, attributeDefinitions: definitions,
                    globalSecondaryIndexUpdates: [GlobalSecondaryIndexUpdate(create: indexes[0])]))
        }
        #expect(error == nil || error?.code == .validationException)
        let tags = Self.names.map { Tag(key: $0, value: "") }
        let arn = try await engine.describeTable(DescribeTableInput(tableName: EventTable.name)).table.tableArn
        let tagged = await failure {
            _ = try await engine.tagResource(TagResourceInput(resourceArn: arn ?? "", tags: tags))
        }
        #expect(tagged != nil)
        let untagged = await failure {
            _ = try await engine.untagResource(UntagResourceInput(resourceArn: arn ?? "", tagKeys: Self.names))
        }
        #expect(untagged == nil || untagged?.code == .validationException)
    }

    static func batchesAndTransactions(_ engine: Engine) async throws {
        let keys = Self.names.map { ["PK": "p", "SK": .string($0)] as Item }
        await Self.expectValidation {
            _ = try await engine.batchGetItem(
                BatchGetItemInput(requestItems: [EventTable.name: KeysAndAttributes(keys: keys)]))
        }
        await Self.expectValidation {
            _ = try await engine.batchWriteItem(
                BatchWriteItemInput(requestItems: [EventTable.name: keys.map { .put($0) }]))
        }
        await Self.expectValidation {
            _ = try await engine.transactWriteItems(
                TransactWriteItemsInput(
                    transactItems: keys.map { .put(Put(tableName: EventTable.name, item: $0)) }))
        }
        await Self.expectValidation {
            _ = try await engine.transactGetItems(
                TransactGetItemsInput(
                    transactItems: keys.map { TransactGetItem(get: Get(tableName: EventTable.name, key: $0)) }))
        }
        let statements = keys.map { _ in BatchStatementRequest(statement: "SELECT * FROM x") }
        await Self.expectValidation {
            _ = try await engine.batchExecuteStatement(BatchExecuteStatementInput(statements: statements))
        }
        // A set, and a map, of as many members as an item holds, changed and compared.
        let members = StringSet((0..<40_000).map { "\($0)" })
        let update = UpdateItemInput(
            tableName: EventTable.name, key: Self.key, updateExpression: "ADD s :s DELETE t :s",
            conditionExpression: "NOT s = :s AND NOT t = :s",
            expressionAttributeValues: [":s": .stringSet(members)])
        _ = try await engine.updateItem(update)
        #expect(
            await failure { _ = try await engine.updateItem(update) }?.code == .conditionalCheckFailedException)
    }
}
