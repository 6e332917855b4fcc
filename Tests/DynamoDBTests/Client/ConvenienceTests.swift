import Testing

@testable import DynamoDB

@Suite struct ConvenienceTests {
    @Test func anAnswerMayHaveNoBody() async throws {
        let transport = FakeTransport(.response(status: 200, body: ""))
        let client = try DynamoDBClient.fake(transport)
        _ = try await client.tagResource(TagResourceInput(resourceArn: "arn", tags: []))
        _ = try await client.untagResource(UntagResourceInput(resourceArn: "arn", tagKeys: []))
        let error = await #expect(throws: DynamoDBError.self) {
            try await client.getItem(GetItemInput(tableName: "t", key: [:]))
        }
        #expect(error?.code == .invalidResponse)
    }

    @Test func pagesFollowTheKey() async throws {
        let transport = FakeTransport(
            .response(
                status: 200, body: #"{"Items":[],"Count":0,"ScannedCount":9,"LastEvaluatedKey":{"a":{"S":"1"}}}"#),
            .response(status: 200, body: #"{"Items":[{"a":{"S":"2"}}],"Count":1,"ScannedCount":1}"#))
        let client = try DynamoDBClient.fake(transport)
        var items: [Item] = []
        var pages = 0
        for try await page in client.queryPages(QueryInput(tableName: "t", limit: 9)) {
            items += page.items ?? []
            pages += 1
        }
        #expect(pages == 2)
        #expect(items == [["a": "2"]])
        let second = try QueryInput(jsonDocument: transport.requests[1].body)
        #expect(second == QueryInput(tableName: "t", limit: 9, exclusiveStartKey: ["a": "1"]))
    }

    @Test func scanAndTablePagesEnd() async throws {
        let transport = FakeTransport(
            .response(status: 200, body: #"{"TableNames":["a"],"LastEvaluatedTableName":"a"}"#),
            .response(status: 200, body: #"{"TableNames":["b"]}"#),
            .response(status: 200, body: #"{"Count":3,"ScannedCount":3}"#))
        let client = try DynamoDBClient.fake(transport)
        var names: [String] = []
        for try await page in client.tablePages() { names += page.tableNames }
        #expect(names == ["a", "b"])
        var count = 0
        for try await page in client.scanPages(ScanInput(tableName: "a", select: .count)) { count += page.count }
        #expect(count == 3)
        #expect(transport.requests.count == 3)
    }

    @Test func batchesAreSplitAndRestsSentAgain() async throws {
        let rest = #"{"UnprocessedItems":{"t":[{"PutRequest":{"Item":{"a":{"N":"7"}}}}]}}"#
        let transport = FakeTransport(
            .response(status: 200, body: rest), .response(status: 200, body: #"{"UnprocessedItems":{}}"#))
        let client = try DynamoDBClient.fake(transport)
        try await client.batchPut((0..<30).map { ["a": .number($0)] }, to: "t")
        let sizes = try transport.requests.map {
            try BatchWriteItemInput(jsonDocument: $0.body).requestItems["t"]?.count
        }
        #expect(sizes == [25, 1, 5])
    }

    @Test func batchesThatAreNeverDoneAreTold() async throws {
        let rest = #"{"UnprocessedItems":{"t":[{"DeleteRequest":{"Key":{"a":{"N":"7"}}}}]}}"#
        let transport = FakeTransport(.response(status: 200, body: rest))
        let client = try DynamoDBClient.fake(transport)
        let error = try await #require(throws: DynamoDBError.self) {
            try await client.batchWrite([.delete(key: ["a": 7])], to: "t", maximumAttempts: 2)
        }
        #expect(error.code == .unprocessedItems)
        #expect(error.table == "t")
        #expect(transport.requests.count == 2)
    }

    @Test func literalsAndAccessors() {
        let item: Item = ["s": "x", "n": 7, "b": true, "z": .null, "l": [1, "a"], "m": ["k": 1], "i": "\(1)-\(2)"]
        #expect(item["s"]?.string == "x")
        #expect(item["n"]?.int == 7)
        #expect(item["n"]?.double == 7)
        #expect(item["b"]?.bool == true)
        #expect(item["z"]?.isNull == true)
        #expect(item["l"]?.list?.count == 2)
        #expect(item["m"]?.map == ["k": 1])
        #expect(item["i"]?.string == "1-2")
        #expect(item["s"]?.number == nil)
        #expect(item["s"]?.typeName == "S")
    }
}
