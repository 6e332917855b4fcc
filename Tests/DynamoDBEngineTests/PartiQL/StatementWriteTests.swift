import DynamoDB
import DynamoDBEngine
import Testing

/// What statements write, and what they return of it.
@Suite struct StatementWriteTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        let definition = { (name: String) in AttributeDefinition(attributeName: name, attributeType: .string) }
        let hash = { (name: String) in KeySchemaElement(attributeName: name, keyType: .hash) }
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "tab", attributeDefinitions: ["pk", "h1", "h2", "h3"].map(definition),
                keySchema: [hash("pk")],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "several", keySchema: [hash("h1"), hash("h2")],
                        projection: Projection(projectionType: .all)),
                    GlobalSecondaryIndex(
                        indexName: "single", keySchema: [hash("h3")], projection: Projection(projectionType: .all)),
                ],
                billingMode: .payPerRequest))
        try await run(
            "INSERT INTO tab VALUE {'pk': 'i', 'l': ['a', 'b', 'c'], 'm': {'k': 1, 'other': 2}, 'n': 5, 'ss': <<'a', 'b'>>}"
        )
    }

    @discardableResult
    private func run(_ statement: String, _ parameters: [AttributeValue]? = nil) async throws -> [Item]? {
        try await engine.executeStatement(ExecuteStatementInput(statement: statement, parameters: parameters)).items
    }

    private func refuse(
        _ statement: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        await expect(.validationException, message, sourceLocation: sourceLocation) { try await run(statement) }
    }

    private func strings(_ texts: String...) -> AttributeValue { .list(texts.map(AttributeValue.string)) }

    @Test func modifiedPartsAreReturned() async throws {
        let cases: [(String, old: Item?, new: Item?)] = [
            ("SET l[1] = 'x'", ["l": strings("b")], ["l": strings("x")]),
            ("SET l[2] = 'z', l[0] = 'x'", ["l": strings("a", "c")], ["l": strings("x", "z")]),
            ("SET l[3] = 'x'", nil, ["l": strings("x")]), ("SET l[9] = 'x'", nil, nil),
            ("REMOVE l[0]", ["l": strings("a")], ["l": strings("b")]), ("REMOVE l[2]", ["l": strings("c")], nil),
            ("SET m.k = 3", ["m": .map(["k": .number(1)])], ["m": .map(["k": .number(3)])]),
            ("SET fresh = 1", nil, ["fresh": .number(1)]), ("REMOVE n", ["n": .number(5)], nil),
            ("SET n = n + 1", ["n": .number(5)], ["n": .number(6)]),
        ]
        let original = try await run("SELECT * FROM tab WHERE pk = 'i'")?.first
        for (actions, old, new) in cases {
            for (part, expected) in [("OLD", old), ("NEW", new)] {
                let returned = try await run("UPDATE tab \(actions) WHERE pk = 'i' RETURNING MODIFIED \(part) *")
                #expect(returned == (expected.map { [$0] } ?? []), "\(actions) \(part)")
                _ = try await engine.putItem(PutItemInput(tableName: "tab", item: try #require(original)))
            }
        }
        await refuse(
            "UPDATE tab SET absent[0] = 1 WHERE pk = 'i'",
            "The document path provided in the update expression is invalid for update")
        await engine.close()
    }

    @Test func updatesMayBeginWithFrom() async throws {
        #expect(
            try await run(
                "from tab where pk = ? AND n = 5 set c = ? REMOVE l, m, ss RETURNING ALL NEW *",
                [
                    .string("i"), .number(1),
                ]) == [["pk": .string("i"), "n": .number(5), "c": .number(1)]])
        for clause in ["pk = 'i' AND n = 6", "pk = 'absent'"] {
            await expect(.conditionalCheckFailedException, "The conditional request failed") {
                try await run("FROM tab WHERE \(clause) SET c = 5")
            }
        }
        #expect(try await run("SELECT * FROM tab WHERE pk = 'absent'")?.isEmpty == true)
        let keyless = "Where clause does not contain a mandatory equality on all key attributes"
        for statement in ["FROM tab SET c = 1", "FROM tab REMOVE c", "FROM tab WHERE n = 5 SET c = 1"] {
            await refuse(statement, keyless)
        }
        await expect(.resourceNotFoundException, "Requested resource not found") {
            try await run("FROM absent WHERE pk = 'x' SET c = 1")
        }
        await engine.close()
    }

    @Test func sumsAreOfNumbers() async throws {
        try await run("UPDATE tab SET n = (n + 1) - - 2 + n, k = n-1 WHERE pk = 'i'")
        #expect(try await run("SELECT n, k FROM tab WHERE pk = 'i'") == [["n": .number(13), "k": .number(4)]])
        let wrong = "Incorrect operand type for operator or function; operator or function: "
        // Told before the condition is looked at.
        await refuse("UPDATE tab SET n = 'a' + 1 WHERE pk = 'i' AND n = 0", wrong + "+, operand type: S")
        await refuse("UPDATE tab SET n = n - null WHERE pk = 'i' AND n = 0", wrong + "-, operand type: NULL")
        await refuse("UPDATE tab SET l = list_append(l, 'x') WHERE pk = 'i'", wrong + "list_append, operand type: S")
        await refuse(
            "UPDATE tab SET l = list_append(l) WHERE pk = 'i'",
            "Incorrect number of operands for operator or function; operator or function: list_append, number of "
                + "operands: 1")
        await refuse(
            "UPDATE tab SET n = n * 2 WHERE pk = 'i'", "Unsupported operator in Update Expression. Operator: *")
        await refuse(
            "UPDATE tab SET n = 1e50 + 1 WHERE pk = 'i'",
            "Number overflow. Attempting to store a number with magnitude larger than supported range")
        await refuse(
            "UPDATE tab SET ss = set_add(ss, <<1>>) WHERE pk = 'i'",
            "An operand in the update expression has an incorrect data type")
        await engine.close()
    }

    @Test func indexesAreNotWrittenTo() async throws {
        await refuse(
            "INSERT INTO tab.single VALUE {'pk': 'x'}",
            "FROM clause may only contain a single table name in data manipulation statements")
        for statement in ["UPDATE tab.single SET a = 1 WHERE pk = 'i'", "DELETE FROM tab.absent WHERE pk = 'i'"] {
            await refuse(statement, "This operation is not supported on an index")
        }
        await refuse("INSERT INTO tab VALUE {'pk': 'x'} RETURNING ALL OLD *", "RETURNING is not supported in INSERT")
        #expect(try await run("SELECT pk FROM tab") == [["pk": .string("i")]])
        await engine.close()
    }

    @Test func keysOfSeveralAttributesAreNotRead() async throws {
        let refused =
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys."
        for statement in [
            "SELECT * FROM tab.several WHERE h1 = 'a' AND h2 = 'b'", "SELECT * FROM tab.several WHERE h1 = 5",
            "SELECT * FROM tab.several", "SELECT COUNT(*) FROM tab.several WHERE pk = 'i'",
        ] {
            await refuse(statement, refused)
        }
        await refuse(
            "SELECT * FROM tab.several WHERE", "Statement wasn't well formed, can't be processed: Unexpected term")
        await refuse("SELECT COUNT(*) FROM tab.single", "Unexpected path component at 1:8:5")
        let batch = try await engine.batchExecuteStatement(
            BatchExecuteStatementInput(
                statements: ["tab.single WHERE h3 = 'a'", "tab.several WHERE h1 = 'a'", "tab WHERE pk = 'i'"].map {
                    BatchStatementRequest(statement: "SELECT pk FROM \($0)")
                }))
        #expect(
            batch.responses?.map(\.error?.message) == [
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.",
                refused, nil,
            ])
        #expect(batch.responses?[2].item == ["pk": .string("i")])
        await engine.close()
    }

    @Test func batchMembersGiveNoItemWithTheirError() async throws {
        let batch = try await engine.batchExecuteStatement(
            BatchExecuteStatementInput(statements: [
                BatchStatementRequest(
                    statement: "UPDATE tab SET n = 1 WHERE pk = 'i' AND n = 0",
                    returnValuesOnConditionCheckFailure: .allOld)
            ]))
        #expect(batch.responses?.first?.error?.code == .conditionalCheckFailed)
        #expect(batch.responses?.first?.error?.item == nil)
        #expect(batch.responses?.first?.tableName == "tab")
        await engine.close()
    }
}
