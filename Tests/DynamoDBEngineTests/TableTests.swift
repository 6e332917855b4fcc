import DynamoDB
import DynamoDBEngine
import Testing

@Suite struct TableTests {
    private func simple(_ name: String) -> CreateTableInput {
        CreateTableInput(
            tableName: name, attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
            keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest)
    }

    @Test func tablesSurviveReopening() async throws {
        let directory = try TemporaryDirectory()
        var engine = try Engine.open(in: directory)
        let created = try await engine.createTable(EventTable.definition).tableDescription
        #expect(created.tableStatus == .active)
        _ = try await engine.updateTimeToLive(
            UpdateTimeToLiveInput(
                tableName: EventTable.name, timeToLiveSpecification: .init(attributeName: "ttl", enabled: true)))
        _ = try await engine.putItem(
            PutItemInput(
                tableName: EventTable.name, item: ["PK": .string("p"), "SK": .string("s"), "GSI1PK": .string("u")]))
        await engine.close()

        engine = try Engine.open(in: directory)
        let described = try await engine.describeTable(DescribeTableInput(tableName: EventTable.name)).table
        #expect(described.tableId == created.tableId)
        #expect(described.itemCount == 1)
        #expect(described.tableSizeBytes == 13)
        #expect(described.globalSecondaryIndexes?.map(\.indexName) == ["GSI1", "GSI2"])
        #expect(described.globalSecondaryIndexes?.map(\.itemCount) == [0, 0])
        let expiry = try await engine.describeTimeToLive(DescribeTimeToLiveInput(tableName: EventTable.name))
        #expect(expiry.timeToLiveDescription.timeToLiveStatus == .enabled)
        #expect(expiry.timeToLiveDescription.attributeName == "ttl")
        await engine.close()
    }

    @Test func namesAreListedInPages() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        for name in ["charlie", "alpha", "bravo", "delta"] { _ = try await engine.createTable(simple(name)) }
        let first = try await engine.listTables(ListTablesInput(limit: 3))
        #expect(first.tableNames == ["alpha", "bravo", "charlie"])
        #expect(first.lastEvaluatedTableName == "charlie")
        let second = try await engine.listTables(ListTablesInput(exclusiveStartTableName: "charlie", limit: 3))
        #expect(second.tableNames == ["delta"])
        #expect(second.lastEvaluatedTableName == nil)
        await engine.close()
    }

    @Test func aTableMadeAgainIsEmpty() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
        for number in 0..<50 {
            _ = try await engine.putItem(
                PutItemInput(tableName: EventTable.name, item: ["PK": .string("p"), "SK": .string("\(number)")]))
        }
        #expect(
            try await engine.deleteTable(DeleteTableInput(tableName: EventTable.name)).tableDescription.tableStatus
                == .deleting)
        #expect(await failure { try await engine.scanAll(EventTable.name) }?.code == .resourceNotFoundException)
        let again = try await engine.createTable(EventTable.definition).tableDescription
        #expect(again.itemCount == 0)
        #expect(try await engine.scanAll(EventTable.name).isEmpty)
        await engine.close()
    }

    @Test func errorsOfNames() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(simple("taken"))
        await expect(.resourceInUseException, "Table already exists: taken") {
            try await engine.createTable(simple("taken"))
        }
        await expect(.resourceNotFoundException, "Requested resource not found: Table: absent not found") {
            try await engine.describeTable(DescribeTableInput(tableName: "absent"))
        }
        await expect(.resourceNotFoundException, "Requested resource not found") {
            try await engine.getItem(GetItemInput(tableName: "absent", key: ["id": .string("x")]))
        }
        await expect(
            .validationException,
            "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"
        ) {
            try await engine.createTable(simple("ab"))
        }
        await engine.close()
        await expect(.internalServerError, "The engine is closed") { try await engine.listTables(ListTablesInput()) }
    }

    @Test(
        arguments: [
            (
                "other", .hash,
                "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [id]"
            ),
            ("id", .range, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
        ] as [(String, KeyType, String)])
    func keysAreChecked(name: String, type: KeyType, message: String) async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        var input = simple("wrong")
        input.keySchema = [KeySchemaElement(attributeName: name, keyType: type)]
        await expect(.validationException, message) { [input] in try await engine.createTable(input) }
        await engine.close()
    }

    @Test func definitionsAreChecked() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        var unused = EventTable.definition
        unused.globalSecondaryIndexes = nil
        await expect(
            .validationException,
            "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
        ) { [unused] in
            try await engine.createTable(unused)
        }
        var many = EventTable.definition
        many.globalSecondaryIndexes = (1...21).map { number in
            GlobalSecondaryIndex(
                indexName: "index\(number)",
                keySchema: EventTable.key("GSI\(number % 2 + 1)PK", "GSI\(number % 2 + 1)SK"),
                projection: Projection(projectionType: .all))
        }
        await expect(
            .validationException,
            "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20"
        ) { [many] in
            try await engine.createTable(many)
        }
        var projected = EventTable.definition
        projected.globalSecondaryIndexes?[0].projection = Projection(
            projectionType: .include, nonKeyAttributes: [String(repeating: "n", count: 256)])
        let error = await failure { [projected] in try await engine.createTable(projected) }
        #expect(error?.message.contains("[Member must have length less than or equal to 255") == true)
        var twice = EventTable.definition
        twice.globalSecondaryIndexes?[1].indexName = "GSI1"
        await expect(.validationException, "One or more parameter values were invalid: Duplicate index name: GSI1") {
            [twice] in
            try await engine.createTable(twice)
        }
        await engine.close()
    }

    /// Constraints of the shape come before every rule, all in one message, global indexes first.
    @Test func constraintsAreToldTogether() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        let tooShort = { (name: String, list: String) in
            "Value '\(name)' at '\(list).1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3"
        }
        var input = simple("constraints")
        input.localSecondaryIndexes = [
            LocalSecondaryIndex(
                indexName: "aa", keySchema: EventTable.key("id", "lr"), projection: Projection(projectionType: .all))
        ]
        input.globalSecondaryIndexes = [
            GlobalSecondaryIndex(
                indexName: "zz", keySchema: [KeySchemaElement(attributeName: "gh", keyType: .hash)],
                projection: Projection(projectionType: .all))
        ]
        let message =
            "2 validation errors detected: \(tooShort("zz", "globalSecondaryIndexes")); \(tooShort("aa", "localSecondaryIndexes"))"
        await expect(.validationException, message) { [input] in try await engine.createTable(input) }
        // A name that is too long is told before one that does not fit the definitions.
        input = simple("constraints")
        let long = String(repeating: "k", count: 256)
        input.keySchema = [
            KeySchemaElement(attributeName: "absent", keyType: .hash),
            KeySchemaElement(attributeName: long, keyType: .range),
        ]
        await expect(
            .validationException,
            "1 validation error detected: Value '\(long)' at 'keySchema.2.member.attributeName' failed to satisfy constraint: Member must have length less than or equal to 255"
        ) { [input] in try await engine.createTable(input) }
        input = simple("constraints")
        input.tableName = String(repeating: "t", count: 256)
        await expect(
            .validationException,
            "1 validation error detected: Value '\(input.tableName)' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255"
        ) { [input] in try await engine.createTable(input) }
        input = simple("constraints")
        input.keySchema = ["id", "id", "id"].map { KeySchemaElement(attributeName: $0, keyType: .hash) }
        let element = "KeySchemaElement(attributeName=id, keyType=HASH)"
        await expect(
            .validationException,
            "1 validation error detected: Value '[\(element), \(element), \(element)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2"
        ) { [input] in try await engine.createTable(input) }
        await engine.close()
    }

    @Test func whatIsThereTwiceIsToldAsSuch() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        let expectRefusal = { (input: CreateTableInput, message: String) in
            await expect(.validationException, message) { try await engine.createTable(input) }
        }
        var input = simple("twice")
        input.keySchema = EventTable.key("id", "id")
        await expectRefusal(input, "Invalid KeySchema: Some index key attribute have no definition")
        input.attributeDefinitions.append(AttributeDefinition(attributeName: "other", attributeType: .string))
        await expectRefusal(input, "Both the Hash Key and the Range Key element in the KeySchema have the same name")
        input = simple("twice")
        input.attributeDefinitions.append(AttributeDefinition(attributeName: "id", attributeType: .number))
        await expectRefusal(input, "Attribute Name is duplicated: id")
        input = EventTable.definition
        input.globalSecondaryIndexes?[0].projection = Projection(
            projectionType: .include, nonKeyAttributes: ["a", "b", "a"])
        await expectRefusal(
            input, "One or more parameter values were invalid: Duplicate element in NonKeyAttributes: a")
        input.globalSecondaryIndexes?[0] = GlobalSecondaryIndex(
            indexName: "GSI1",
            keySchema: EventTable.key("GSI1PK", "GSI1SK") + [
                KeySchemaElement(attributeName: "GSI1PK", keyType: .range)
            ],
            projection: Projection(projectionType: .all))
        await expectRefusal(input, "The KeySchema contains multiple key attributes with the same name")
        // Two names that Swift takes for one are two attributes.
        input = simple("twice")
        input.attributeDefinitions = ["caf\u{E9}", "cafe\u{301}"].map {
            AttributeDefinition(attributeName: $0, attributeType: .string)
        }
        input.keySchema = EventTable.key("caf\u{E9}", "cafe\u{301}")
        _ = try await engine.createTable(input)
        await engine.close()
    }

    @Test func aProjectionMustSayWhatItHolds() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        let input = try CreateTableInput(
            jsonDocument: Array(
                """
                {"TableName": "projected", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "all", "Projection": {},
                    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}]}
                """.utf8))
        await expect(
            .validationException, "One or more parameter values were invalid: Unknown ProjectionType: null"
        ) { try await engine.createTable(input) }
        await engine.close()
    }

    @Test func aMissingNameIsToldAlone() throws {
        let error = #expect(throws: DynamoDBError.self) {
            try CreateTableInput(jsonDocument: Array(#"{"BillingMode": "NONE", "KeySchema": []}"#.utf8))
        }
        #expect(error?.code == .validationException)
        #expect(error?.message == "The parameter 'TableName' is required but was not present in the request")
    }

    @Test func aDeletedTableIsDescribedInShort() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        var input = EventTable.definition
        input.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: .newImage)
        let created = try await engine.createTable(input).tableDescription
        let deleted = try await engine.deleteTable(DeleteTableInput(tableName: EventTable.name)).tableDescription
        var expected = TableDescription(tableName: EventTable.name, tableStatus: .deleting)
        expected.provisionedThroughput = created.provisionedThroughput
        expected.tableSizeBytes = 0
        expected.itemCount = 0
        expected.tableArn = created.tableArn
        expected.tableId = created.tableId
        expected.billingModeSummary = created.billingModeSummary
        expected.deletionProtectionEnabled = false
        #expect(deleted == expected)
        await engine.close()
    }

    @Test func aDirectoryHasOneEngine() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        let error = #expect(throws: EngineError.self) { try Engine.open(in: directory) }
        #expect(error?.code == .directoryInUse)
        #expect(error?.description.contains(directory.path) == true)
        await engine.close()
        await (try Engine.open(in: directory)).close()
    }
}
