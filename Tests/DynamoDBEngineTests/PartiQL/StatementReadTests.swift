import DynamoDB
import DynamoDBEngine
import Testing

/// What a SELECT reads: which queries its WHERE clause makes, what indexes give, and what is refused.
@Suite struct StatementReadTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        func key(_ partition: String, _ sort: String? = nil) -> [KeySchemaElement] {
            [KeySchemaElement(attributeName: partition, keyType: .hash)]
                + (sort.map { [KeySchemaElement(attributeName: $0, keyType: .range)] } ?? [])
        }
        let include = Projection(projectionType: .include, nonKeyAttributes: ["held"])
        let keysOnly = Projection(projectionType: .keysOnly)
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: ["pk", "sk", "g", "l"].map {
                    AttributeDefinition(attributeName: $0, attributeType: .string)
                },
                keySchema: key("pk", "sk"),
                localSecondaryIndexes: [
                    LocalSecondaryIndex(indexName: "local", keySchema: key("pk", "l"), projection: keysOnly)
                ],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(indexName: "include", keySchema: key("g"), projection: include),
                    GlobalSecondaryIndex(indexName: "keys", keySchema: key("g"), projection: keysOnly),
                ],
                billingMode: .payPerRequest))
        for (partition, sort, index) in [("p", "1", "y"), ("p", "2", "y"), ("p", "3", nil), ("q", "1", "z")] {
            var item: Item = [
                "pk": .string(partition), "sk": .string(sort), "held": .string("h\(sort)"), "free": .string("f\(sort)"),
            ]
            if let index {
                item["g"] = .string(index)
                item["l"] = .string("l\(sort)")
            }
            _ = try await engine.putItem(PutItemInput(tableName: "tab", item: item))
        }
    }

    private func output(
        _ statement: String, limit: Int? = nil, token: String? = nil, consistent: Bool? = nil
    ) async throws -> ExecuteStatementOutput {
        try await engine.executeStatement(
            ExecuteStatementInput(
                statement: statement, consistentRead: consistent, nextToken: token, returnConsumedCapacity: .indexes,
                limit: limit))
    }

    /// "p1" for the item of partition p and sort key 1, in the order read.
    private func read(_ clause: String, from source: String = "tab") async throws -> [String] {
        (try await output("SELECT * FROM \(source) \(clause)").items ?? []).map {
            "\($0["pk"]?.string ?? "")\($0["sk"]?.string ?? "")"
        }
    }

    private func refuse(
        _ statement: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        await expect(.validationException, message, sourceLocation: sourceLocation) { try await output(statement) }
    }

    @Test(
        arguments: [
            ("(sk = '1' OR sk = '2')", ["p1", "p2"]), ("sk IN ['2', '1']", ["p1", "p2"]),
            ("(sk < '2' OR sk > '2' OR sk = '2')", ["p1", "p2", "p3"]), ("attribute_exists(pk)", ["p1", "p2", "p3"]),
            ("NOT sk = '1'", ["p2", "p3"]), ("sk <> '1'", ["p2", "p3"]), ("sk > '0' AND sk <> '1'", ["p2", "p3"]),
            ("sk = '1' AND sk > '0'", ["p1"]), ("sk = '1' AND sk > '1'", []), ("'2' <= sk", ["p2", "p3"]),
            ("sk BETWEEN '1' AND '2' AND NOT sk IN ['1']", ["p2"]), ("begins_with(sk, '3')", ["p3"]),
        ] as [(String, [String])])
    func conditionsOnSortKeysSelect(condition: String, expected: [String]) async throws {
        #expect(try await read("WHERE pk = 'p' AND \(condition)").sorted() == expected)
        await engine.close()
    }

    @Test(
        arguments: [
            ("pk = 'p' AND NOT sk = '1' OR pk = 'p' AND sk = '2'", ["p2", "p3"]),
            ("pk = 'p' AND sk <> '1' OR pk = 'p' AND sk = '2'", ["p2", "p3"]),
            ("pk = 'p' AND NOT begins_with(sk, 'x') OR pk = 'p' AND sk = '2'", ["p1", "p2", "p3"]),
            ("pk = 'p' AND NOT sk IN ['1', '3'] OR pk = 'p' AND sk = '2'", ["p2"]),
            ("pk = 'p' OR pk = 'p' AND NOT sk = '1' OR pk = 'q'", ["p1", "p2", "p3", "q1"]),
            ("pk = 'p' AND free = 'f1' OR pk = 'q' AND held = 'h1'", ["p1", "q1"]),
            ("pk = 'p' OR sk = '1'", ["p1", "p2", "p3", "q1"]), ("pk = 'p' AND pk = 'q'", []),
            ("pk > 'p'", ["q1"]), ("NOT pk = 'p'", ["q1"]), ("free = 'f1'", ["p1", "q1"]),
        ] as [(String, [String])])
    func branchesAreReadOnce(condition: String, expected: [String]) async throws {
        #expect(try await read("WHERE \(condition)").sorted() == expected)
        await engine.close()
    }

    @Test(arguments: [
        "pk IN ['p', 'p']", "pk = 'p' OR pk = 'p'", "pk = 'p' AND (sk > '0' OR sk < '5')",
        "pk = 'p' AND (sk = '1' OR free = 'f2')", "(pk = 'p' AND free = 'f1') OR (pk = 'p' AND free = 'f2')",
        "pk = 'p' AND free <> 'f1' OR pk = 'p' AND sk = '2'", "pk = 'p' AND sk IN ['1', '1']",
    ])
    func overlappingConditionsAreRefused(condition: String) async {
        await refuse(
            "SELECT * FROM tab WHERE \(condition)",
            "Overlapping conditions with range keys are not supported in where clause")
        await engine.close()
    }

    @Test func keysHaveTheirTypes() async throws {
        let mismatch = "Key attribute's data type should match its data type in table's schema: Key "
        await refuse("SELECT * FROM tab WHERE pk = 1 OR pk = 'p'", mismatch + "pk")
        await refuse("SELECT * FROM tab WHERE pk = 'p' AND sk IN ['1', 2]", mismatch + "sk")
        await refuse(
            "SELECT * FROM tab WHERE pk = true", "Key value must be of type S, N, or B. Key name: pk, Key type: BOOL")
        #expect(try await read("WHERE pk > 1").isEmpty)
        await refuse("UPDATE tab SET a = 1 WHERE pk = 'p' AND sk = 1", mismatch + "sk")
        await refuse("INSERT INTO tab VALUE {'pk': 'n', 'sk': 1}", mismatch + "sk")
        await refuse("INSERT INTO tab VALUE {'pk': 'n'}", "Key attribute should be present in the item: Key sk")
        await refuse(
            "DELETE FROM tab WHERE pk = 'p' AND sk = '1' AND pk = 'q'",
            "Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported")
        _ = try await output("UPDATE tab SET a = 2 WHERE pk = 'p' AND sk = '1' AND pk = 'p'")
        #expect(try await read("WHERE pk = 'p' AND a = 2") == ["p1"])
        await engine.close()
    }

    @Test func readsAndOperandsAreLimited() async throws {
        func values(_ count: Int) -> String { (0..<count).map { "'v\($0)'" }.joined(separator: ",") }
        let tooManyReads = "Too many decomposed read operations for a given query."
        for condition in [
            "pk IN [\(values(51))]", "pk = 'p' AND sk IN [\(values(51))]",
            "pk IN [\(values(26))] AND sk IN ['1', '2']",
        ] {
            await refuse("SELECT * FROM tab WHERE \(condition)", tooManyReads)
        }
        for condition in [
            "pk IN [\(values(50))] AND free IN [\(values(100))]", "pk IN [\(values(51))] OR free = 'x'",
        ] {
            #expect(try await read("WHERE \(condition)").isEmpty)
        }
        await refuse(
            "SELECT * FROM tab WHERE pk = 'p' AND free IN [\(values(101))]",
            "The IN operator is provided with too many operands; number of operands: 101")
        await engine.close()
    }

    @Test func partitionsAloneOrderBackwards() async throws {
        #expect(try await read("WHERE pk = 'p' ORDER BY sk") == ["p1", "p2", "p3"])
        #expect(try await read("WHERE pk = 'p' ORDER BY pk ASC") == ["p3", "p2", "p1"])
        #expect(try await read("WHERE pk IN ['p', 'q'] ORDER BY pk DESC") == ["q1", "p3", "p2", "p1"])
        #expect(try await read("WHERE pk = 'p' AND sk IN ['2', '3', '1'] ORDER BY sk DESC") == ["p3", "p2", "p1"])
        #expect(try await read("WHERE pk IN ['p', 'q'] ORDER BY pk DESC, sk ASC") == ["q1", "p1", "p2", "p3"])
        await engine.close()
    }

    @Test func keyedReadsOfIndexesFilterWhatIsProjected() async throws {
        func refused(_ condition: String, _ names: String, index: String = "include") async {
            await refuse(
                "SELECT pk FROM tab.\"\(index)\" WHERE \(condition)",
                "One or more parameter values were invalid: Secondary index \(index) does not project one or more filter "
                    + "attributes: [\(names)]")
        }
        await refused("g = 'y' AND free = 'f1'", "free")
        await refused("pk = 'p' AND free = 'f1'", "free", index: "local")
        await refused("pk = 'p' AND l BETWEEN 'l1' AND 'l2' AND free = 'f1'", "free", index: "local")
        await refused("g IN ['y', 'z'] AND free = 'f1'", "free")
        await refused("g = 'y' AND free IS NOT MISSING", "free")
        await refused("g = 'y' AND begins_with(free, 'f')", "free")
        await refused("g = 'y' AND NOT (free = 'f1' OR held = 'x')", "free")
        await refused("g = 'y' AND b = '1' AND (a = '2' OR held = '3')", "a, b")
        await refused("g = 'y' AND (zz = '1' OR aa = '2' OR mm = '3')", "zz, aa, mm")
        await refused("(g = 'b' AND u1 = '1') OR (g = 'q' AND u2 = '1')", "u2")
        await refused("(g = 'q' AND u1 = '1') OR (g = 'b' AND u2 = '1')", "u1")
        for condition in [
            "g = 'y' AND (held = 'h1' OR held = 'h2')", "(g = 'y' AND held = '1') OR (g = 'z' AND aa = '1')",
            "g > 'a' AND zz = '1'", "g = 'y' AND (g = 'z' OR zz = '1')", "(g = 'y' AND zz = '1') OR aa = '1'",
        ] {
            _ = try await output("SELECT pk FROM tab.include WHERE \(condition)")
        }
        await engine.close()
    }

    @Test func unkeyedReadsOfIndexesSeeWhatIsProjected() async throws {
        for index in ["include", "\"local\""] {
            #expect(try await read("WHERE free = 'f1'", from: "tab.\(index)").isEmpty)
        }
        #expect(try await read("WHERE NOT free = 'f1'", from: "tab.keys").sorted() == ["p1", "p2", "q1"])
        #expect(try await read("WHERE (g = 'y' AND free = 'f1') OR (g = 'z')", from: "tab.include") == ["q1"])
        #expect(try await read("WHERE pk = 'p'", from: "tab.include").sorted() == ["p1", "p2"])
        await engine.close()
    }

    @Test func localIndexesReachBackForWhatIsSelected() async throws {
        let keys = try await output("SELECT * FROM tab.\"local\" WHERE pk = 'p'")
        #expect(keys.items?.map { $0.keys.sorted() } == [["l", "pk", "sk"], ["l", "pk", "sk"]])
        #expect(keys.consumedCapacity?.table?.capacityUnits == 0)
        let reached = try await output("SELECT free FROM tab.\"local\" WHERE pk = 'p'")
        #expect(reached.items == [["free": .string("f1")], ["free": .string("f2")]])
        let units = try #require(reached.consumedCapacity)
        #expect(units.table?.capacityUnits == 1)
        let consistent = try await output("SELECT free FROM tab.\"local\" WHERE pk = 'p'", consistent: true)
        #expect(consistent.consumedCapacity?.capacityUnits == units.capacityUnits.map { $0 * 2 })
        await refuse(
            "SELECT other, free FROM tab.include WHERE g = 'y'",
            "One or more parameter values were invalid: Global secondary index include does not project [other, free]")
        await engine.close()
    }

    @Test func tokensBelongToTheirStatement() async throws {
        let first = try await output("SELECT pk, sk FROM tab.include WHERE g = 'y'", limit: 1)
        let token = try #require(first.nextToken)
        let second = try await output("SELECT pk, sk FROM tab.include WHERE g = 'y'", token: token)
        #expect(
            (first.items ?? []) + (second.items ?? []) == [
                ["pk": .string("p"), "sk": .string("1")], ["pk": .string("p"), "sk": .string("2")],
            ])
        await expect(.validationException, "NextToken does not match request") {
            try await output("SELECT pk, sk FROM tab.keys WHERE g = 'y'", token: token)
        }
        await engine.close()
    }

    @Test func conditionsAreValuesToo() async throws {
        for holds in [
            "attribute_exists(free) = true", "true = attribute_exists(free)", "attribute_exists(absent) = false",
            "attribute_exists(free) <> 1", "(sk BETWEEN '0' AND '5') = true", "(sk = '5' OR free = 'x') = false",
            "attribute_exists(absent) IN [true, false]", "attribute_exists(free) = attribute_exists(held)",
            "(free) = ('f1')", "NOT attribute_exists(absent) = true",
        ] {
            #expect(try await read("WHERE pk = 'p' AND sk = '1' AND \(holds)") == ["p1"], "\(holds)")
        }
        for fails in [
            "attribute_exists(free) = 1", "NOT attribute_exists(free) = true",
            "(attribute_exists(free) = true) = false", "attribute_exists(free) = held",
        ] {
            #expect(try await read("WHERE pk = 'p' AND sk = '1' AND \(fails)").isEmpty, "\(fails)")
        }
        await refuse(
            "SELECT * FROM tab WHERE pk = 'p' AND attribute_exists(free) > false",
            "Incorrect operand type for operator or function; operator or function: >, operand type: BOOL")
        await engine.close()
    }

    @Test func singleReadsAreOfOneKey() async throws {
        func batch(_ statement: String) async throws -> BatchStatementResponse? {
            try await engine.batchExecuteStatement(
                BatchExecuteStatementInput(statements: [BatchStatementRequest(statement: statement)])
            ).responses?.first
        }
        let needsKey =
            "Select statements within BatchExecuteStatement must specify the primary key in the where clause."
        #expect(try await batch("SELECT sk FROM tab WHERE pk IN ['p'] AND sk = '1'")?.item == ["sk": .string("1")])
        for clause in [
            "pk = 'p' AND sk = '1' AND free = 'f1'", "pk = 'p' AND sk = '1' AND pk = 'q'", "pk = 'p'",
            "pk = 'p' AND sk >= '1'",
        ] {
            #expect(try await batch("SELECT sk FROM tab WHERE \(clause)")?.error?.message == needsKey, "\(clause)")
        }
        #expect(try await batch("SELECT sk FROM tab.keys WHERE g = 'y'")?.error?.message == needsKey)
        await engine.close()
    }

    private func transact(_ statements: String...) async throws -> [Item?] {
        try await engine.executeTransaction(
            ExecuteTransactionInput(transactStatements: statements.map { ParameterizedStatement(statement: $0) })
        ).responses?.map(\.item) ?? []
    }

    @Test func transactionsReadOneKeyEach() async throws {
        let refused = "Validation failed in TransactStatements[0]: "
        let needsKey =
            refused + "Select statements within ExecuteTransaction must specify the primary key in the where clause."
        let select = "SELECT sk FROM tab WHERE "
        #expect(try await transact(select + "pk IN ['p'] AND sk IN ['1']") == [["sk": .string("1")]])
        #expect(try await transact(select + "(pk IN ['p']) AND pk = 'p' AND sk = '2'") == [["sk": .string("2")]])
        for clause in [
            "pk IN ['x'] AND pk = 'p' AND sk = '1'", "pk = 'p' AND sk = '1' AND attribute_exists(free)", "pk = 'p'",
        ] {
            await expect(.validationException, needsKey) { try await transact(select + clause) }
        }
        await expect(
            .validationException,
            refused + "Overlapping conditions with range keys are not supported in where clause"
        ) { try await transact(select + "pk IN ['p', 'p'] AND sk = '1'") }
        await expect(
            .validationException,
            refused + "EXISTS() must contain a single item read with additional condition"
        ) { try await transact("EXISTS(\(select)pk IN ['p'] AND sk = '1' AND free = 'f1')") }
        let one = select + "pk = 'p' AND sk = '1'"
        let error = await failure { try await transact(one, one, select + "pk = 'p' AND sk = 1") }
        #expect(error?.cancellationReasons.map(\.code) == ["None", "None", "ValidationError"])
        #expect(error?.cancellationReasons[2].message == "The provided key element does not match the schema")
        await engine.close()
    }

    @Test func transactionsTellEveryWriteThatNamesNoItem() async throws {
        let update = "UPDATE tab SET a = 1 WHERE "
        let error = await failure {
            try await transact(
                update + "pk = 'p'", update + "pk IN ['p'] AND sk = '1'", update + "pk = 'p' AND sk = '1' AND pk = 'q'",
                update + "pk = 'p' AND sk = 1", "INSERT INTO tab VALUE {'pk': 'p'}", update + "pk = 'p' AND sk = '1'")
        }
        #expect(
            error?.cancellationReasons.map(\.code) == Array(repeating: "ValidationError", count: 5) + ["None"])
        #expect(error?.cancellationReasons[0].message == "The provided key element does not match the schema")
        #expect(
            error?.cancellationReasons[4].message
                == "One or more parameter values were invalid: Missing the key sk in the item")
        let conflict = await failure {
            try await transact(
                "EXISTS(SELECT * FROM tab WHERE pk = 'p' AND sk = '1' AND pk = 'q' AND free = 'f1')",
                update + "pk = 'q' AND sk = '1'")
        }
        #expect(conflict?.cancellationReasons.map(\.code) == ["ConditionalCheckFailed", "None"])
        #expect(try await read("WHERE a = 1").isEmpty)
        await engine.close()
    }

    @Test func transactionsTellTablesThatDoNotExist() async throws {
        let missing = "UPDATE absent SET a = 1 WHERE pk = 'x' AND sk = '1'"
        let error = await failure {
            try await transact(missing + " RETURNING ALL NEW *", "DELETE FROM absent WHERE a = 1")
        }
        #expect(error?.cancellationReasons.map(\.code) == ["ResourceNotFound", "ResourceNotFound"])
        #expect(error?.cancellationReasons[0].message == "Requested resource not found")
        let read = await failure {
            try await transact("SELECT * FROM tab WHERE pk = 'p' AND sk = '1'", "SELECT * FROM absent.i WHERE pk = 'p'")
        }
        #expect(read?.cancellationReasons.map(\.code) == ["None", "ResourceNotFound"])
        await expect(
            .validationException,
            "Validation failed in TransactStatements[1]: RETURNING clause is not supported in ExecuteTransaction."
        ) { try await transact(missing, "UPDATE tab SET a = 1 WHERE pk = 'p' AND sk = '1' RETURNING ALL NEW *") }
        await engine.close()
    }
}
