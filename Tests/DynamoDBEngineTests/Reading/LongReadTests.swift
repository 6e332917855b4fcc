import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Reads that go on in a lane, because they are long or because what they read is not in memory, read the same.
@Suite struct LongReadTests {
    private static let count = 2_000

    private func item(_ number: Int) -> Item {
        [
            "PK": .string("p\(number % 3)"), "SK": .string("\(10_000 + number)"), "GSI1PK": .string("g"),
            "GSI1SK": .string("\(10_000 + number)"), "text": .string(String(repeating: "x", count: number % 700)),
        ]
    }

    /// An engine whose items are in files; with hardly any memory, everything is read from there again and again.
    private func open(_ directory: TemporaryDirectory, cache: Int) async throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.synchronous = false
        options.blockCacheBytes = cache
        return try Engine.open(options, logger: .silent)
    }

    private func fill(_ directory: TemporaryDirectory) async throws {
        let engine = try await open(directory, cache: 8 << 20)
        _ = try await engine.createTable(EventTable.definition)
        for start in stride(from: 0, to: Self.count, by: 25) {
            let requests = (start..<start + 25).map { WriteRequest.put(item($0)) }
            _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [EventTable.name: requests]))
        }
        try engine.compact()
        await engine.close()
    }

    @Test(arguments: [1 << 12, 8 << 20]) func pagesAreWhole(_ cache: Int) async throws {
        let directory = try TemporaryDirectory()
        try await fill(directory)
        let engine = try await open(directory, cache: cache)
        let all = (0..<Self.count).map(item)
        for forward in [true, false] {
            for limit in [nil, 7, 399, 400, 401, 1_000] as [Int?] {
                let found = try await engine.queryAll(
                    QueryInput(
                        tableName: EventTable.name, limit: limit, scanIndexForward: forward,
                        keyConditionExpression: "PK = :p", expressionAttributeValues: [":p": "p1"]))
                let expected = all.filter { $0["PK"] == "p1" }
                #expect(found == (forward ? expected : expected.reversed()))
            }
            let found = try await engine.queryAll(
                QueryInput(
                    tableName: EventTable.name, indexName: "GSI1", scanIndexForward: forward,
                    keyConditionExpression: "GSI1PK = :g", expressionAttributeValues: [":g": "g"]))
            #expect(found == (forward ? all : all.reversed()))
        }
        #expect(try await engine.scanAll(EventTable.name).count == Self.count)
        let page = try await engine.query(
            QueryInput(
                tableName: EventTable.name, filterExpression: "size(#t) < :s", keyConditionExpression: "PK = :p",
                expressionAttributeNames: ["#t": "text"], expressionAttributeValues: [":p": "p0", ":s": 5]))
        let expected = all.filter { $0["PK"] == "p0" }
        #expect(page.scannedCount == expected.count && page.lastEvaluatedKey == nil)
        #expect(
            page.items?.count
                == expected.filter { if case .string(let text) = $0["text"] { text.utf8.count < 5 } else { false } }
                .count)
        await engine.close()
    }

    /// Each time the engine is closed a file is made; a file that has been read stays in memory, the others are not there.
    @Test func whatLiesInManyFilesIsRead() async throws {
        let directory = try TemporaryDirectory()
        for round in 0..<7 {
            let engine = try await open(directory, cache: 8 << 20)
            if round == 0 { _ = try await engine.createTable(EventTable.definition) }
            for number in round * 10..<round * 10 + 10 {
                _ = try await engine.putItem(
                    PutItemInput(tableName: EventTable.name, item: item(number * 3)))
            }
            await engine.close()
        }
        let all = (0..<70).map { item($0 * 3) }
        for first in [0, 15, 69] {
            let engine = try await open(directory, cache: 8 << 20)
            let key = all[first].filter { name, _ in ["PK", "SK"].contains(name) }
            let single = try await engine.getItem(GetItemInput(tableName: EventTable.name, key: key))
            #expect(single.item == all[first])
            for forward in [true, false] {
                let found = try await engine.queryAll(
                    QueryInput(
                        tableName: EventTable.name, scanIndexForward: forward, keyConditionExpression: "PK = :p",
                        expressionAttributeValues: [":p": "p0"]))
                #expect(found == (forward ? all : all.reversed()))
            }
            await engine.close()
        }
    }

    @Test(arguments: [1 << 12, 8 << 20]) func singleItemsAreFoundAndChanged(_ cache: Int) async throws {
        let directory = try TemporaryDirectory()
        try await fill(directory)
        let engine = try await open(directory, cache: cache)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<40 {
            let numbers = Set((0..<50).map { _ in Int.random(in: 0..<2 * Self.count, using: &random) }).sorted()
            let keys = numbers.map { item($0).filter { name, _ in ["PK", "SK"].contains(name) } }
            let batch = try await engine.batchGetItem(
                BatchGetItemInput(requestItems: [EventTable.name: KeysAndAttributes(keys: keys)]))
            #expect(batch.responses[EventTable.name] == numbers.filter { $0 < Self.count }.map(item))
            #expect(batch.unprocessedKeys.isEmpty)
            let outcome = try await engine.transactGetItems(
                TransactGetItemsInput(
                    transactItems: keys.map { TransactGetItem(get: Get(tableName: EventTable.name, key: $0)) }))
            #expect(outcome.responses.map(\.item) == numbers.map { $0 < Self.count ? item($0) : nil })
            for (number, key) in zip(numbers, keys).prefix(3) {
                let found = try await engine.getItem(GetItemInput(tableName: EventTable.name, key: key)).item
                #expect(found == (number < Self.count ? item(number) : nil))
                // A write reads the old item under its lock, or without it first.
                let old = try await engine.putItem(
                    PutItemInput(tableName: EventTable.name, item: key, returnValues: .allOld)
                ).attributes
                #expect(old == (number < Self.count ? item(number) : nil))
                _ = try await engine.deleteItem(DeleteItemInput(tableName: EventTable.name, key: key))
                if number < Self.count {
                    _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item(number)))
                }
            }
        }
        await engine.close()
    }

    @Test func aLaneDoesSoMuchAtOnceAndKeepsTheOrder() async throws {
        for width in [1, 3] {
            let lane = BlockingLane(label: "test", width: width)
            let gate = Gate()
            gate.close()
            let order = Order()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    lane.start {
                        gate.pass()
                        order.append(number)
                    }
                }
                try await gate.waitFor(width)
                #expect(gate.waiting == width)
                gate.open()
                group.addTask { try await lane.run {} }
                try await group.waitForAll()
            }
            while order.numbers.count < 20 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(width > 1 || order.numbers == Array(0..<20))
        }
    }
}
