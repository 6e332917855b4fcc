import AWSCore
import Testing

@testable import DynamoDB

@Suite struct BatchTests {
    private let options: BatchOptions = {
        var options = BatchOptions(concurrency: 1, maximumAttempts: 3)
        options.pacing = ManualTime().pacing
        return options
    }()

    private func sent(_ transport: FakeTransport) throws -> [[WriteRequest]] {
        try transport.requests.map { try BatchWriteItemInput(jsonDocument: $0.body).requestItems["tab"] ?? [] }
    }

    @Test func batchesAreSplitAndRestsSentAgain() async throws {
        let rest = #"{"UnprocessedItems":{"tab":[{"PutRequest":{"Item":{"a":{"N":"7"}}}}]}}"#
        let transport = FakeTransport(
            .response(status: 200, body: rest), .response(status: 200, body: #"{"UnprocessedItems":{}}"#))
        let client = try DynamoDBClient.fake(transport)
        let count = try await client.batchPut(
            (0..<30).map { ["a": .number($0)] }, to: "tab", keyAttributes: ["a"], options: options)
        #expect(count == 30)
        #expect(try sent(transport).map(\.count) == [25, 1, 5])
        #expect(try sent(transport)[1] == [.put(["a": 7])])
    }

    @Test func theTableTellsItsKeys() async throws {
        let description =
            #"{"Table":{"TableName":"tab","TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}}"#
        let transport = FakeTransport(.response(status: 200, body: description), .response(status: 200, body: "{}"))
        let client = try DynamoDBClient.fake(transport)
        try await client.batchPut([["a": 1, "b": 1], ["a": 1, "b": 2]], to: "tab", options: options)
        #expect(transport.requests.count == 2)
        #expect(
            try BatchWriteItemInput(jsonDocument: transport.requests[1].body).requestItems
                == ["tab": [.put(["a": 1, "b": 2])]])
    }

    @Test func ofWritesToOneKeyTheLastStays() {
        var batch = WriteBatch(keyAttributes: ["a"])
        for request: WriteRequest in [.put(["a": 1, "b": 1]), .put(["a": 2]), .delete(key: ["a": 1])] {
            let isTaken = batch.add(request)
            #expect(isTaken)
        }
        #expect(batch.requests == [.delete(key: ["a": 1]), .put(["a": 2])])
    }

    @Test func batchesAreBoundedInCountAndBytes() {
        var batch = WriteBatch(keyAttributes: ["a"])
        let taken = (0..<26).map { batch.add(.put(["a": .number($0)])) }
        #expect(taken == Array(repeating: true, count: 25) + [false])
        let isReplaced = batch.add(.put(["a": 3, "b": 1]))
        #expect(isReplaced)

        // Control characters take six bytes on the wire: 380 KB become 2.3 MB, of which 16 MB hold seven.
        var large = WriteBatch(keyAttributes: ["a"])
        let text = AttributeValue.string(String(repeating: "\u{1}", count: 380_000))
        var count = 0
        while large.add(.put(["a": .number(count), "b": text])) { count += 1 }
        #expect(count == 7)
        #expect(large.requests.count == 7)
    }

    @Test func batchesThatAreNeverDoneAreTold() async throws {
        let rest = #"{"UnprocessedItems":{"tab":[{"DeleteRequest":{"Key":{"a":{"N":"7"}}}}]}}"#
        let transport = FakeTransport(.response(status: 200, body: rest))
        let client = try DynamoDBClient.fake(transport)
        let error = try await #require(throws: DynamoDBError.self) {
            try await client.batchWrite([.delete(key: ["a": 7])], to: "tab", keyAttributes: ["a"], options: options)
        }
        #expect(error.code == .unprocessedItems)
        #expect(error.table == "tab")
        #expect(transport.requests.count == 3)
    }

    /// Progress starts the count of attempts again: only a server that takes nothing ends a batch.
    @Test func progressIsPatient() async throws {
        let answers = (0..<20).reversed().map { left in
            let rest = (0..<left).map { #"{"PutRequest":{"Item":{"a":{"N":"\#($0)"}}}}"# }.joined(separator: ",")
            return FakeTransport.Answer.response(status: 200, body: #"{"UnprocessedItems":{"tab":[\#(rest)]}}"#)
        }
        let transport = FakeTransport(answers: answers)
        let client = try DynamoDBClient.fake(transport)
        try await client.batchPut(
            (0..<20).map { ["a": .number($0)] }, to: "tab", keyAttributes: ["a"], options: options)
        #expect(transport.requests.count == 20)
    }

    /// Throttled as a whole, a batch is sent again too.
    @Test func throttlingIsWaitedOut() async throws {
        let throttled = FakeTransport.Answer.response(
            status: 400, body: #"{"__type":"x#ProvisionedThroughputExceededException","message":"m"}"#)
        let transport = FakeTransport(throttled, throttled, .response(status: 200, body: "{}"))
        let client = try DynamoDBClient.fake(transport, maximumAttempts: 1)
        try await client.batchPut([["a": 1]], to: "tab", keyAttributes: ["a"], options: options)
        #expect(transport.requests.count == 3)
    }

    /// Two batches that write one key are never under way at once, so that the last write stays.
    @Test func theOrderOfWritesToOneKeyIsKept() async throws {
        let table = MemoryTransport()
        let client = try DynamoDBClient.fake(table)
        let writes = (0..<1_000).map { WriteRequest.put(["a": .number($0 * 7 % 40), "v": .number($0)]) }
        try await client.batchWrite(
            writes, to: "tab", keyAttributes: ["a"], options: BatchOptions(concurrency: 8))
        for number in 960..<1_000 { #expect(table.items[["a": .number(number * 7 % 40)]]?["v"]?.int == number) }
        #expect(!table.sawOneKeyTwiceAtOnce)
    }

    /// The source is read no further ahead than the batches under way, the one that is filled and the write after it.
    @Test func theSourceWaitsForTheServer() async throws {
        let table = MemoryTransport()
        let client = try DynamoDBClient.fake(table)
        let source = (0..<2_000).lazy.map { number in
            table.countRead()
            return WriteRequest.put(["a": .number(number)])
        }
        let count = try await client.batchWrite(
            source, to: "tab", keyAttributes: ["a"], options: BatchOptions(concurrency: 4))
        #expect(count == 2_000)
        #expect(table.items.count == 2_000)
        #expect(table.mostUnderWay <= 4)
        #expect(table.mostAhead <= 5 * 25 + 1)
    }

    @Test func readsComeBackInOrder() async throws {
        let table = MemoryTransport()
        let client = try DynamoDBClient.fake(table)
        try await client.batchPut(
            (0..<250).map { ["a": .number($0), "v": .number($0)] }, to: "tab", keyAttributes: ["a"])
        let keys = ([300, 7, 7] + Array(0..<250)).map { ["a": .number($0)] as Item }
        let items = try await client.batchGet(keys, from: "tab", options: options)
        #expect(items.count == 253)
        #expect(items[0] == nil)
        #expect(items[1] == ["a": 7, "v": 7] && items[2] == items[1])
        #expect(items[3...].map { $0?["v"]?.int } == Array(0..<250))
        #expect(table.reads == [100, 100, 51])
        #expect(try await client.batchGet([], from: "tab").isEmpty)
    }

    @Test func partsOfItemsComeWithTheirKeys() async throws {
        let transport = FakeTransport(.response(status: 200, body: "{}"))
        let client = try DynamoDBClient.fake(transport)
        #expect(try await client.batchGet([["a": 1]], from: "tab", returning: ["v"], options: options) == [nil])
        let sent = try BatchGetItemInput(jsonDocument: transport.requests[0].body).requestItems["tab"]
        #expect(sent?.projectionExpression == "#n0, #n1")
        #expect(sent?.expressionAttributeNames == ["#n0": "v", "#n1": "a"])
    }
}
