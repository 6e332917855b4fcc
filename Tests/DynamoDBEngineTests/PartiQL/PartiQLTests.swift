import DynamoDB
import DynamoDBEngine
import Testing

@Suite struct PartiQLTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "things",
                attributeDefinitions: [("p", ScalarAttributeType.string), ("s", .number), ("g", .string)].map {
                    AttributeDefinition(attributeName: $0, attributeType: $1)
                },
                keySchema: EventTable.key("p", "s"),
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "by-g", keySchema: EventTable.key("g", "s"),
                        projection: Projection(projectionType: .keysOnly))
                ],
                billingMode: .payPerRequest))
        for partition in ["a", "b", "c"] {
            for sort in 0..<5 {
                try await run(
                    "INSERT INTO things VALUE {'p': ?, 's': ?, 'g': 'x', 'n': ?}",
                    [
                        .string(partition), .number(DecimalNumber(sort)), .number(DecimalNumber(sort * 10)),
                    ])
            }
        }
    }

    @discardableResult
    private func run(_ statement: String, _ parameters: [AttributeValue]? = nil) async throws -> [Item] {
        try await engine.executeStatement(ExecuteStatementInput(statement: statement, parameters: parameters)).items
            ?? []
    }

    /// "a3" for the item of partition a and sort key 3.
    private func keys(_ items: [Item]) -> [String] {
        items.map { "\($0["p"]?.string ?? "")\($0["s"]?.number?.description ?? "")" }
    }

    private func keys(where clause: String, _ parameters: [AttributeValue]? = nil) async throws -> [String] {
        keys(try await run("SELECT * FROM things WHERE \(clause)", parameters))
    }

    @Test func selectsByKey() async throws {
        #expect(try await keys(where: "p = 'a'") == ["a0", "a1", "a2", "a3", "a4"])
        #expect(try await keys(where: "p = 'a' AND s >= 3") == ["a3", "a4"])
        #expect(try await keys(where: "3 > s AND p = ? AND n > 5", [.string("b")]) == ["b1", "b2"])
        #expect(try await keys(where: "p = 'a' AND s BETWEEN 1 AND 3 AND s <> 2") == ["a1", "a3"])
        #expect(try await keys(where: "p IN ['c', 'a'] AND s = 1") == ["c1", "a1"])
        #expect(try await keys(where: "(p = 'a' OR p = 'b') AND s = 4") == ["a4", "b4"])
        #expect(try await keys(where: "p = 'a' AND s = 1 OR p = 'b' AND s = 2") == ["a1", "b2"])
        #expect(try await keys(where: "p = 'a' AND p = 'b'").isEmpty)
        await engine.close()
    }

    @Test func scansOtherwise() async throws {
        #expect(Set(try await keys(where: "n = 20")) == ["a2", "b2", "c2"])
        #expect(Set(try await keys(where: "p > 'a' AND s < 1")) == ["b0", "c0"])
        #expect(try await run("SELECT * FROM things").count == 15)
        await engine.close()
    }

    @Test func readsIndexes() async throws {
        #expect(try await run("SELECT p, s FROM \"things\".\"by-g\" WHERE g = 'x' AND s = 2").count == 3)
        await expect(
            .validationException,
            "One or more parameter values were invalid: Secondary index by-g does not project one or more filter "
                + "attributes: [n]"
        ) { try await run("SELECT p FROM things.\"by-g\" WHERE g = 'x' AND n = 1") }
        await expect(.validationException, "The table does not have the specified index") {
            try await run("SELECT p FROM things.absent WHERE g = 'x'")
        }
        await engine.close()
    }

    @Test func projectsPathsUnderTheirLastNames() async throws {
        try await run("INSERT INTO things VALUE {'p': 'd', 's': 1, 'm': {'k': {'x': 'deep'}}, 'l': [1, 2]}")
        let items = try await run("SELECT s, m.k.x, l[1], absent FROM things WHERE p = 'd'")
        #expect(items == [["s": .number(1), "x": .string("deep"), "l[1]": .number(2)]])
        await engine.close()
    }

    @Test func orders() async throws {
        #expect(try await keys(where: "p = 'a' ORDER BY s DESC") == ["a4", "a3", "a2", "a1", "a0"])
        #expect(try await keys(where: "p IN ['a', 'b'] AND s < 2 ORDER BY p DESC, s ASC") == ["b0", "b1", "a0", "a1"])
        await expect(
            .validationException, "Must have WHERE clause in the statement when using ORDER BY clause."
        ) { try await run("SELECT * FROM things ORDER BY s") }
        await expect(
            .validationException, "Attribute n in ORDER BY clause must be part of the primary key"
        ) { try await run("SELECT * FROM things WHERE p = 'a' ORDER BY n") }
        await expect(
            .validationException,
            "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause."
        ) { try await run("SELECT * FROM things WHERE n = 1 ORDER BY s") }
        await expect(
            .validationException,
            "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause."
        ) { try await run("SELECT * FROM things WHERE p IN ['a', 'b'] ORDER BY s") }
        await engine.close()
    }

    @Test(arguments: ["p = 'a'", "p IN ['a', 'b', 'c'] ORDER BY p DESC, s DESC", "n >= 0"], [1, 2, 3, 7])
    func pagesJoinUp(clause: String, limit: Int) async throws {
        var input = ExecuteStatementInput(statement: "SELECT * FROM things WHERE \(clause)")
        var whole: [Item] = []
        repeat {
            let page = try await engine.executeStatement(input)
            whole += page.items ?? []
            #expect((page.nextToken == nil) == (page.lastEvaluatedKey == nil))
            input.nextToken = page.nextToken
        } while input.nextToken != nil
        #expect(whole.count == (clause == "p = 'a'" ? 5 : 15))

        input.limit = limit
        var parts: [Item] = []
        repeat {
            let page = try await engine.executeStatement(input)
            #expect(page.items?.count ?? 0 <= limit)
            parts += page.items ?? []
            input.nextToken = page.nextToken
        } while input.nextToken != nil
        #expect(parts == whole)
        await engine.close()
    }

    @Test func tokensAreOfOneStatement() async throws {
        let input = ExecuteStatementInput(statement: "SELECT * FROM things WHERE p = 'a'", limit: 2)
        let token = try #require(try await engine.executeStatement(input).nextToken)
        var other = input
        other.statement = "SELECT * FROM things WHERE p = 'b'"
        other.nextToken = token
        await expect(.validationException, "NextToken does not match request") {
            try await engine.executeStatement(other)
        }
        var changed = input
        changed.nextToken = "A" + token.dropFirst()
        if token.first == "A" { changed.nextToken = "B" + token.dropFirst() }
        await expect(.validationException, "Invalid NextToken") { try await engine.executeStatement(changed) }
        await engine.close()
    }

    @Test func insertsAreOfNewItems() async throws {
        await expect(.duplicateItemException, "Duplicate primary key exists in table") {
            try await run("INSERT INTO things VALUE {'p': 'a', 's': 1}")
        }
        #expect(try await keys(where: "p = 'a' AND s = 1 AND n = 10") == ["a1"])
        await expect(.resourceNotFoundException, "Requested resource not found") {
            try await run("INSERT INTO absent VALUE {'p': 'a', 's': 1}")
        }
        await engine.close()
    }

    @Test func updatesItemsThatExist() async throws {
        try await run("UPDATE things SET l = ['x'] SET m = {'k': 1} SET ss = <<'a'>> WHERE p = 'a' AND s = 1")
        let updated = try await run(
            """
            UPDATE things SET n = n + 1, l = list_append(l, ['y']), m.k = 2 SET ss = set_add(ss, <<'b'>>) REMOVE g
            WHERE (p = 'a' AND s = 1) AND n = 10 RETURNING ALL NEW *
            """)
        #expect(
            updated == [
                [
                    "p": .string("a"), "s": .number(1), "n": .number(11), "l": .list([.string("x"), .string("y")]),
                    "m": .map(["k": .number(2)]), "ss": .stringSet(["a", "b"]),
                ]
            ])
        #expect(
            try await run("UPDATE things SET m.k = 3 WHERE p = 'a' AND s = 1 RETURNING MODIFIED OLD *")
                == [["m": .map(["k": .number(2)])]])
        #expect(try await run("UPDATE things REMOVE n WHERE p = 'a' AND s = 1 RETURNING MODIFIED NEW *").isEmpty)
        for clause in ["p = 'a' AND s = 2 AND n = 0", "p = 'z' AND s = 1"] {
            await expect(.conditionalCheckFailedException, "The conditional request failed") {
                try await run("UPDATE things SET n = 1 WHERE \(clause)")
            }
        }
        #expect(try await keys(where: "p = 'z'").isEmpty)
        await expect(
            .validationException, "Where clause does not contain a mandatory equality on all key attributes"
        ) { try await run("UPDATE things SET n = 1 WHERE p = 'a'") }
        await engine.close()
    }

    @Test func deletesWhatMeetsTheCondition() async throws {
        await expect(.conditionalCheckFailedException, "The conditional request failed") {
            try await run("DELETE FROM things WHERE p = 'a' AND s = 1 AND n = 0")
        }
        let deleted = try await run("DELETE FROM things WHERE p = 'a' AND s = 1 AND n = 10 RETURNING ALL OLD *")
        #expect(keys(deleted) == ["a1"])
        #expect(try await run("DELETE FROM things WHERE p = 'a' AND s = 1 AND n = 10 RETURNING ALL OLD *").isEmpty)
        #expect(try await keys(where: "p = 'a' AND s < 3") == ["a0", "a2"])
        await expect(
            .validationException, "Where clause does not contain a mandatory equality on all key attributes"
        ) { try await run("DELETE FROM things") }
        await engine.close()
    }

    @Test func batchesTellEachFailure() async throws {
        let writes = try await engine.batchExecuteStatement(
            BatchExecuteStatementInput(
                statements: [
                    "INSERT INTO things VALUE {'p': 'n', 's': 1}", "INSERT INTO things VALUE {'p': 'a', 's': 1}",
                    "UPDATE things SET n = 1 WHERE p = 'a' AND s = 1 AND n = 0", "DELETE FROM absent WHERE p = 'a'",
                    "DELETE FROM things WHERE p = 'a' AND s = 0 RETURNING ALL OLD *", "SLECT",
                ].map { BatchStatementRequest(statement: $0) }, returnConsumedCapacity: .total))
        let responses = try #require(writes.responses)
        #expect(
            responses.map(\.error?.code) == [
                nil, .duplicateItem, .conditionalCheckFailed, .resourceNotFound, nil, .validationError,
            ])
        #expect(keys([responses[4].item ?? [:]]) == ["a0"])
        #expect(writes.consumedCapacity?.count == 2)
        #expect(try await keys(where: "p = 'n'") == ["n1"])

        let reads = try await engine.batchExecuteStatement(
            BatchExecuteStatementInput(
                statements: [
                    "SELECT n FROM things WHERE p = 'b' AND s = 2", "SELECT * FROM things WHERE p = 'b'",
                    "SELECT * FROM things WHERE p = 'z' AND s = 1",
                ].map { BatchStatementRequest(statement: $0) }))
        #expect(reads.responses?.map(\.item) == [["n": .number(20)], nil, nil])
        #expect(
            reads.responses?[1].error?.message
                == "Select statements within BatchExecuteStatement must specify the primary key in the where clause.")
        await engine.close()
    }

    @Test func batchesAreLimited() async throws {
        func batch(_ statements: [String]) async throws {
            _ = try await engine.batchExecuteStatement(
                BatchExecuteStatementInput(statements: statements.map { BatchStatementRequest(statement: $0) }))
        }
        let read = "SELECT * FROM things WHERE p = 'a' AND s = 1"
        let error = await failure { try await batch(Array(repeating: read, count: 26)) }
        #expect(error?.code == .validationException)
        #expect(await failure { try await batch([]) }?.code == .validationException)
        await expect(
            .validationException,
            "BatchExecuteStatement API does not support both read and write operations in the same request."
        ) { try await batch([read, "DELETE FROM things WHERE p = 'a' AND s = 1"]) }
        await engine.close()
    }

    private func transact(_ statements: [String], token: String? = nil) async throws -> [Item?] {
        let output = try await engine.executeTransaction(
            ExecuteTransactionInput(
                transactStatements: statements.map { ParameterizedStatement(statement: $0) },
                clientRequestToken: token))
        return output.responses?.map(\.item) ?? []
    }

    @Test func transactionsAreAllOrNothing() async throws {
        let writes = [
            "EXISTS(SELECT * FROM things WHERE p = 'a' AND s = 0 AND n = 0)",
            "INSERT INTO things VALUE {'p': 'n', 's': 1}",
            "UPDATE things SET n = n + 1 WHERE p = 'a' AND s = 1", "DELETE FROM things WHERE p = 'b' AND s = 1",
        ]
        for _ in 1...2 { #expect(try await transact(writes, token: "token").isEmpty) }
        #expect(
            try await transact([
                "SELECT n FROM things WHERE p = 'a' AND s = 1", "SELECT * FROM things WHERE p = 'b' AND s = 1",
            ])
                == [["n": .number(11)], nil])

        let error = await failure {
            try await transact([
                "UPDATE things SET n = 0 WHERE p = 'a' AND s = 2", "INSERT INTO things VALUE {'p': 'n', 's': 1}",
                "EXISTS(SELECT * FROM things WHERE p = 'a' AND s = 0 AND n IS MISSING)",
            ])
        }
        #expect(error?.code == .transactionCanceledException)
        #expect(error?.cancellationReasons.map(\.code) == ["None", "DuplicateItem", "ConditionalCheckFailed"])
        #expect(try await keys(where: "p = 'a' AND s = 2 AND n = 20") == ["a2"])
        await engine.close()
    }

    @Test(
        arguments: [
            (
                ["SELECT * FROM things WHERE p = 'a'"],
                "Validation failed in TransactStatements[0]: Select statements within ExecuteTransaction must specify the "
                    + "primary key in the where clause."
            ),
            (
                ["SELECT * FROM things.\"by-g\" WHERE g = 'x'"],
                "Validation failed in TransactStatements[0]: Reads on indices are not supported within transactions."
            ),
            (
                ["SELECT * FROM things WHERE p = 'a' AND s = 1", "DELETE FROM things WHERE p = 'b' AND s = 1"],
                "ExecuteTransaction API does not support both read and write operations in the same request."
            ),
            (
                [
                    "DELETE FROM things WHERE p = 'b' AND s = 1",
                    "DELETE FROM things WHERE p = 'b' AND s = 2 RETURNING ALL OLD *",
                ],
                "Validation failed in TransactStatements[1]: RETURNING clause is not supported in ExecuteTransaction."
            ),
            (
                ["EXISTS(SELECT * FROM things WHERE p = 'a' AND s = 0)"],
                "Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional "
                    + "condition"
            ),
            (
                ["SELECT * FROM things WHERE"],
                "Validation failed in TransactStatements[0]: Statement wasn't well formed, can't be processed: Unexpected "
                    + "term"
            ),
            (
                ["DELETE FROM things WHERE p = 'b' AND s = 1", "DELETE FROM things WHERE s = 1.0 AND p = 'b'"],
                "Transaction request cannot include multiple operations on one item"
            ),
        ] as [([String], String)])
    func transactionsAreChecked(statements: [String], message: String) async throws {
        await expect(.validationException, message) { try await transact(statements) }
        #expect(try await keys(where: "p = 'b' AND s = 1") == ["b1"])
        await expect(
            .validationException, "EXISTS can only be used in ExecuteTransaction write requests."
        ) { try await run("EXISTS(SELECT * FROM things WHERE p = 'a' AND s = 0 AND n = 0)") }
        await engine.close()
    }
}
