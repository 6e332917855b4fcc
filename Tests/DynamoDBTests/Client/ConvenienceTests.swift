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
        for try await page in client.queryPages(QueryInput(tableName: "abc", limit: 9)) {
            items += page.items ?? []
            pages += 1
        }
        #expect(pages == 2)
        #expect(items == [["a": "2"]])
        let second = try QueryInput(jsonDocument: transport.requests[1].body)
        #expect(second == QueryInput(tableName: "abc", limit: 9, exclusiveStartKey: ["a": "1"]))
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

    @Test func itemsRunOverAllPages() async throws {
        let transport = FakeTransport(
            .response(
                status: 200, body: #"{"Items":[{"a":{"N":"1"}},{"a":{"N":"2"}}],"LastEvaluatedKey":{"a":{"N":"2"}}}"#),
            .response(status: 200, body: #"{"Items":[],"LastEvaluatedKey":{"a":{"N":"2"}}}"#),
            .response(status: 200, body: #"{"Items":[{"a":{"N":"3"}}]}"#))
        let client = try DynamoDBClient.fake(transport)
        var numbers: [Int?] = []
        for try await item in client.scanPages(ScanInput(tableName: "t")).items { numbers.append(item["a"]?.int) }
        #expect(numbers == [1, 2, 3])
    }

    @Test func everyListGoesOnWhereItEnded() async throws {
        func pages(_ first: String, _ second: String = "{}") -> FakeTransport {
            FakeTransport(.response(status: 200, body: first), .response(status: 200, body: second))
        }
        func check<Input, Output>(
            _ transport: FakeTransport, _ pages: (DynamoDBClient) -> DynamoDBPages<Input, Output>, _ start: String
        ) async throws {
            var count = 0
            for try await _ in try pages(.fake(transport)) { count += 1 }
            #expect(count == 2)
            #expect(String(decoding: transport.requests[1].body, as: UTF8.self).contains(start))
        }
        let description = #"{"StreamDescription":{"StreamArn":"s""#
        try await check(
            pages(description + #","LastEvaluatedShardId":"x"}}"#, description + "}}"),
            { $0.shardPages(DescribeStreamInput(streamArn: "s")) }, #""ExclusiveStartShardId":"x""#)
        try await check(
            pages(#"{"LastEvaluatedStreamArn":"x"}"#), { $0.streamPages() }, #""ExclusiveStartStreamArn":"x""#)
        try await check(
            pages(#"{"LastEvaluatedBackupArn":"x"}"#), { $0.backupPages() }, #""ExclusiveStartBackupArn":"x""#)
        try await check(
            pages(#"{"NextToken":"x"}"#), { $0.tagPages(ListTagsOfResourceInput(resourceArn: "r")) },
            #""NextToken":"x""#)
        try await check(
            pages(#"{"NextToken":"x"}"#), { $0.statementPages(ExecuteStatementInput(statement: "s")) },
            #""NextToken":"x""#)
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
