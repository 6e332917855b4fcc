import Testing

@testable import DynamoDB

/// One suite for every way to a DynamoDB. What moto lacks is a known issue with its name, not a test left out.
@Suite(.serialized) struct TransportSuite {
    static let table = CreateTableInput(
        tableName: "Orders",
        attributeDefinitions: [
            AttributeDefinition(attributeName: "PK", attributeType: .string),
            AttributeDefinition(attributeName: "SK", attributeType: .number),
            AttributeDefinition(attributeName: "user", attributeType: .string),
        ],
        keySchema: [
            KeySchemaElement(attributeName: "PK", keyType: .hash),
            KeySchemaElement(attributeName: "SK", keyType: .range),
        ],
        globalSecondaryIndexes: [
            GlobalSecondaryIndex(
                indexName: "byUser", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
                projection: Projection(projectionType: .all))
        ],
        billingMode: .payPerRequest,
        streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: .newAndOldImages))

    static func key(_ number: Int) -> Item { ["PK": "p", "SK": .number(number)] }

    static func item(_ number: Int) -> Item {
        key(number).merging(["user": .string("u\(number % 2)"), "status": "open", "n": .number(number)]) { $1 }
    }

    /// Runs `body` with the table, on an empty account.
    private func withTable(_ backend: Backend, _ body: (any DynamoDBAPI) async throws -> Void) async throws {
        try await backend.run { api in
            _ = try await api.createTable(Self.table)
            try await api.waitUntilActive("Orders")
            try await body(api)
        }
    }

    private func code(_ body: () async throws -> some Sendable) async throws -> DynamoDBError.Code {
        try await #require(throws: DynamoDBError.self) { _ = try await body() }.code
    }

    @Test(arguments: Backend.available) func tables(backend: Backend) async throws {
        try await withTable(backend) { api in
            let description = try await api.describeTable(DescribeTableInput(tableName: "Orders")).table
            #expect(description.keySchema == Self.table.keySchema)
            #expect(description.globalSecondaryIndexes?.map(\.indexName) == ["byUser"])
            var names: [String] = []
            for try await page in api.tablePages(ListTablesInput(limit: 1)) { names += page.tableNames }
            #expect(names == ["Orders"])
            #expect(try await code { try await api.createTable(Self.table) } == .resourceInUseException)

            let expiry = TimeToLiveSpecification(attributeName: "ttl", enabled: true)
            _ = try await api.updateTimeToLive(
                UpdateTimeToLiveInput(tableName: "Orders", timeToLiveSpecification: expiry))
            let state = try await api.describeTimeToLive(DescribeTimeToLiveInput(tableName: "Orders"))
            #expect(state.timeToLiveDescription.attributeName == "ttl")
            _ = try await api.deleteTable(DeleteTableInput(tableName: "Orders"))
            #expect(
                try await code { try await api.scan(ScanInput(tableName: "Orders")) } == .resourceNotFoundException)
        }
    }

    @Test(arguments: Backend.available) func items(backend: Backend) async throws {
        try await withTable(backend) { api in
            let put = PutItemInput(tableName: "Orders", item: Self.item(1)).when(.absent("PK"))
            _ = try await api.putItem(put)
            #expect(try await code { try await api.putItem(put) } == .conditionalCheckFailedException)

            let changed = try await api.updateItem(
                UpdateItemInput(
                    tableName: "Orders", key: Self.key(1), .set("status", to: "done"),
                    .set("attempts", to: .attribute("attempts", default: 0) + 1), .add("n", 5), .remove("user"),
                    .add("tags", .stringSet(["a", "b"])), returnValues: .allNew
                ).when(.attribute("status") == "open" && !.exists("attempts") && .size("status") == 4))
            let expected: Item = [
                "PK": "p", "SK": 1, "status": "done", "attempts": 1, "n": 6, "tags": .stringSet(["a", "b"]),
            ]
            #expect(changed.attributes == expected)
            let read = try await api.getItem(
                GetItemInput(tableName: "Orders", key: Self.key(1), consistentRead: true).returning("status", "tags"))
            #expect(read.item == ["status": "done", "tags": .stringSet(["a", "b"])])
            let deleted = try await api.deleteItem(
                DeleteItemInput(tableName: "Orders", key: Self.key(1), returnValues: .allOld).when(
                    .contains("tags", "b") && .isOne("n", of: [5, 6]) && .between("attempts", 1, and: 1)))
            #expect(deleted.attributes == expected)
            #expect(try await api.getItem(GetItemInput(tableName: "Orders", key: Self.key(1))).item == nil)
            #expect(
                try await code { try await api.putItem(PutItemInput(tableName: "Orders", item: ["PK": "p"])) }
                    == .validationException)
        }
    }

    @Test(arguments: Backend.available) func everyType(backend: Backend) async throws {
        try await withTable(backend) { api in
            let item: Item = [
                "PK": "雅\n\"😀\"", "SK": .number(try DecimalNumber(parsing: "-12.5")), "bytes": .binary([0, 255, 1]),
                "list": [1, "a", true, .null, []], "map": ["k": ["deep": 1]], "strings": .stringSet(["a", "b"]),
                "numbers": .numberSet([1, 2]), "binaries": .binarySet([[1], [2]]),
            ]
            _ = try await api.putItem(PutItemInput(tableName: "Orders", item: item))
            let key = item.filter { ["PK", "SK"].contains($0.key) }
            #expect(try await api.getItem(GetItemInput(tableName: "Orders", key: key)).item == item)
        }
    }

    /// Reserved words, dots and digits in names, and places in lists and maps.
    @Test(arguments: Backend.available) func names(backend: Backend) async throws {
        try await withTable(backend) { api in
            var item = Self.key(1)
            item["name"] = ["lines": [["a.b": 1], ["a.b": 2]], "select": "x"]
            _ = try await api.putItem(PutItemInput(tableName: "Orders", item: item))
            let changed = try await api.updateItem(
                UpdateItemInput(
                    tableName: "Orders", key: Self.key(1),
                    .set(.at("name", "lines", 1, "a.b"), to: .attribute(.at("name", "lines", 0, "a.b")) + 7),
                    .remove(.at("name", "select")), .set("values", to: .joined(.value([1]), .value([2]))),
                    returnValues: .allNew
                ).when(.attribute(.at("name", "select")) == "x"))
            #expect(changed.attributes?["name"] == ["lines": [["a.b": 1], ["a.b": 8]]])
            #expect(changed.attributes?["values"] == [1, 2])
        }
    }

    @Test(arguments: Backend.available) func batchesAndQueries(backend: Backend) async throws {
        try await withTable(backend) { api in
            let twice = (0..<60).map { Self.item($0) } + [Self.item(59).merging(["status": "late"]) { $1 }]
            try await api.batchPut(twice, to: "Orders")
            let read = try await api.batchGet((0..<120).map { Self.key($0) }, from: "Orders", consistentRead: true)
            #expect(read.map { $0?["n"]?.int } == (0..<120).map { $0 < 60 ? $0 : nil })
            #expect(read[59]?["status"] == "late")

            let query = QueryInput(tableName: "Orders", limit: 7, consistentRead: true, scanIndexForward: false)
                .matching(.equal("PK", "p"), .between("SK", 10, and: 49)).filtered(by: .attribute("user") == "u1")
                .returning("SK")
            var numbers: [Int?] = []
            for try await item in api.queryPages(query).items { numbers.append(item["SK"]?.int) }
            #expect(numbers == (10..<50).reversed().filter { $0 % 2 == 1 })

            let index = QueryInput(tableName: "Orders", indexName: "byUser").matching(.equal("user", "u0"))
            #expect(try await api.query(index).count == 30)
            var count = 0
            for segment in 0..<3 {
                let scan = ScanInput(tableName: "Orders", limit: 9, totalSegments: 3, segment: segment)
                for try await _ in api.scanPages(scan).items { count += 1 }
            }
            #expect(count == 60)
            try await api.batchWrite((0..<60).map { .delete(key: Self.key($0)) }, to: "Orders")
            #expect(try await api.scan(ScanInput(tableName: "Orders", select: .count)).count == 0)
        }
    }

    @Test(arguments: Backend.available) func transactions(backend: Backend) async throws {
        try await withTable(backend) { api in
            _ = try await api.putItem(PutItemInput(tableName: "Orders", item: Self.item(1)))
            func write(_ number: Int, token: String? = nil) -> TransactWriteItemsInput {
                TransactWriteItemsInput(
                    transactItems: [
                        .put(Put(tableName: "Orders", item: Self.item(number)).when(.absent("PK"))),
                        .update(Update(tableName: "Orders", key: Self.key(1), .add("n", 1))),
                        .conditionCheck(
                            ConditionCheck(tableName: "Orders", key: Self.key(99), requiring: .absent("PK"))),
                    ], clientRequestToken: token)
            }
            _ = try await api.transactWriteItems(write(2))
            let error = try await #require(throws: DynamoDBError.self) { try await api.transactWriteItems(write(2)) }
            #expect(error.code == .transactionCanceledException)
            #expect(error.cancellationReasons.map { $0.code ?? "None" } == ["ConditionalCheckFailed", "None", "None"])
            let read = try await api.transactGetItems(
                TransactGetItemsInput(
                    transactItems: [1, 2, 3].map {
                        TransactGetItem(get: Get(tableName: "Orders", key: Self.key($0)).returning("n"))
                    }))
            #expect(read.responses.map { $0.item?["n"] } == [2, 2, nil])
            withKnownIssue("moto ignores the projections of TransactGetItems") {
                #expect(read.responses.map { $0.item ?? [:] } == [["n": 2], ["n": 2], [:]])
            } when: {
                backend == .moto
            }

            _ = try await api.transactWriteItems(write(3, token: "token"))
            try await withKnownIssue("moto does not remember tokens") {
                _ = try await api.transactWriteItems(write(3, token: "token"))
            } when: {
                backend == .moto
            }
        }
    }

    @Test(arguments: Backend.available) func streams(backend: Backend) async throws {
        try await withTable(backend) { api in
            _ = try await api.putItem(PutItemInput(tableName: "Orders", item: Self.item(1)))
            _ = try await api.deleteItem(DeleteItemInput(tableName: "Orders", key: Self.key(1)))
            var arns: [String?] = []
            for try await page in api.streamPages(ListStreamsInput(tableName: "Orders")) {
                arns += (page.streams ?? []).map(\.streamArn)
            }
            let arn = try #require(arns.first ?? nil)
            var names: [String] = []
            for try await page in api.shardPages(DescribeStreamInput(streamArn: arn)) {
                for shard in page.streamDescription.shards ?? [] {
                    let start = try await api.getShardIterator(
                        GetShardIteratorInput(
                            streamArn: arn, shardId: try #require(shard.shardId), shardIteratorType: .trimHorizon))
                    let records = try await api.getRecords(
                        GetRecordsInput(shardIterator: try #require(start.shardIterator)))
                    names += (records.records ?? []).map { $0.eventName?.rawValue ?? "" }
                }
            }
            #expect(names == ["INSERT", "REMOVE"])
        }
    }

    @Test(arguments: Backend.available) func backups(backend: Backend) async throws {
        try await withTable(backend) { api in
            try await api.batchPut((0..<30).map { Self.item($0) }, to: "Orders")
            let backup = try await api.createBackup(CreateBackupInput(tableName: "Orders", backupName: "before"))
            let arn = try #require(backup.backupDetails?.backupArn)
            var found: [BackupSummary] = []
            repeat {
                found = []
                for try await page in api.backupPages() { found += page.backupSummaries ?? [] }
            } while found.contains { $0.backupStatus == .creating }
            #expect(found.map(\.backupArn) == [arn])
            _ = try await api.deleteItem(DeleteItemInput(tableName: "Orders", key: Self.key(1)))
            _ = try await api.restoreTableFromBackup(
                RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
            try await api.waitUntilActive("Restored")
            #expect(try await api.scan(ScanInput(tableName: "Restored", select: .count)).count == 30)
            try await withKnownIssue("moto's answer to DeleteBackup lacks the table's ID") {
                _ = try await api.deleteBackup(DeleteBackupInput(backupArn: arn))
            } when: {
                backend == .moto
            }
            #expect(
                try await code { try await api.describeBackup(DescribeBackupInput(backupArn: arn)) }
                    == .backupNotFoundException)
        }
    }
}
