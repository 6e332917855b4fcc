import Testing

@testable import DynamoDB

/// The client against moto, over real HTTP.
@Suite(.enabled(if: MotoServer.isInstalled, "moto_server is not installed (pip install 'moto[server]')"))
struct MotoTests {
    private static let table = CreateTableInput(
        tableName: "Events",
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
                indexName: "GSI1", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
                projection: Projection(projectionType: .all))
        ],
        billingMode: .payPerRequest)

    @Test(.timeLimit(.minutes(5))) func everyOperationWorks() async throws {
        try await MotoServer.run { server in
            let client = server.client
            try await tables(client)
            try await items(client)
            try await pages(client)
            try await faults(client)
            #expect(
                try await client.deleteTable(DeleteTableInput(tableName: "Events")).tableDescription.tableName
                    == "Events")

            await server.stop()
            let error = try await #require(throws: DynamoDBError.self) {
                try await client.listTables(ListTablesInput())
            }
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains(server.address))
        }
    }

    private func tables(_ client: DynamoDBClient) async throws {
        let created = try await client.createTable(Self.table).tableDescription
        #expect(created.keySchema == Self.table.keySchema)
        let described = try await client.waitUntilActive("Events", timeout: .seconds(10))
        #expect(described.tableStatus == .active)
        #expect(described.globalSecondaryIndexes?.map(\.indexName) == ["GSI1"])
        #expect(described.tableArn?.contains(":ap-northeast-1:") == true)
        #expect(try await client.listTables(ListTablesInput()).tableNames == ["Events"])

        let expiry = TimeToLiveSpecification(attributeName: "ttl", enabled: true)
        let input = UpdateTimeToLiveInput(tableName: "Events", timeToLiveSpecification: expiry)
        #expect(try await client.updateTimeToLive(input).timeToLiveSpecification == expiry)
        let state = try await client.describeTimeToLive(DescribeTimeToLiveInput(tableName: "Events"))
        #expect(state.timeToLiveDescription.timeToLiveStatus == .enabled)
        #expect(state.timeToLiveDescription.attributeName == "ttl")
    }

    private func items(_ client: DynamoDBClient) async throws {
        let item: Item = [
            "PK": "雅\n\"😀\"", "SK": .number(DecimalNumber("-12.5") ?? 0), "user": "u", "bytes": .binary([0, 255, 1]),
            "list": [1, "a", true, .null, []], "map": ["k": ["deep": 1]], "strings": .stringSet(["a", "b"]),
            "numbers": .numberSet([1, 2]), "binaries": .binarySet([[1], [2]]),
        ]
        let key = item.filter { ["PK", "SK"].contains($0.key) }
        _ = try await client.putItem(PutItemInput(tableName: "Events", item: item))
        let read = try await client.getItem(GetItemInput(tableName: "Events", key: key, consistentRead: true))
        #expect(read.item == item)

        let refused = PutItemInput(
            tableName: "Events", item: item, conditionExpression: "attribute_not_exists(#p)",
            expressionAttributeNames: ["#p": "PK"], returnValuesOnConditionCheckFailure: .allOld)
        let error = try await #require(throws: DynamoDBError.self) { try await client.putItem(refused) }
        #expect(error.code == .conditionalCheckFailedException)
        #expect(error.item == item)

        let deleted = try await client.deleteItem(
            DeleteItemInput(tableName: "Events", key: key, returnValues: .allOld))
        #expect(deleted.attributes == item)
        #expect(try await client.getItem(GetItemInput(tableName: "Events", key: key)).item == nil)
    }

    private func pages(_ client: DynamoDBClient) async throws {
        let items = (0..<60).map { number in
            ["PK": "p", "SK": .number(number), "user": .string("u\(number % 2)")] as Item
        }
        try await client.batchPut(items, to: "Events")
        let query = QueryInput(
            tableName: "Events", limit: 7, scanIndexForward: false, keyConditionExpression: "PK = :p AND SK >= :s",
            expressionAttributeValues: [":p": "p", ":s": 10])
        var numbers: [Int] = []
        for try await page in client.queryPages(query) { numbers += page.items?.compactMap { $0["SK"]?.int } ?? [] }
        #expect(numbers == Array((10..<60).reversed()))

        var count = 0
        for segment in 0..<3 {
            let scan = ScanInput(tableName: "Events", limit: 9, select: .count, totalSegments: 3, segment: segment)
            for try await page in client.scanPages(scan) { count += page.count }
        }
        #expect(count == 60)
        let index = QueryInput(
            tableName: "Events", indexName: "GSI1", keyConditionExpression: "#u = :u",
            expressionAttributeNames: ["#u": "user"], expressionAttributeValues: [":u": "u1"])
        #expect(try await client.query(index).count == 30)
    }

    private func faults(_ client: DynamoDBClient) async throws {
        let error = try await #require(throws: DynamoDBError.self) {
            try await client.getItem(GetItemInput(tableName: "Absent", key: ["PK": "a", "SK": 1]))
        }
        #expect(error.code == .resourceNotFoundException)
        #expect(error.operation == "GetItem" && error.table == "Absent")
        await #expect(throws: DynamoDBError.self) {
            try await client.putItem(PutItemInput(tableName: "Events", item: ["PK": "only"]))
        }
    }
}
