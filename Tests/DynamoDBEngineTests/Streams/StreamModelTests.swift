import DynamoDB
import DynamoDBEngine
import Fuzzing
import Synchronization
import Testing

/// A stream from its beginning, replayed, gives the table: each change once, and each item's changes in order.
@Suite struct StreamModelTests {
    private static let ids = 40
    private static let writers = 6

    /// Builds a table from events, and finds any that does not follow from the one before.
    private struct Replay {
        var items: [Item: Item] = [:]
        var seen: Set<String> = []

        mutating func apply(_ event: StreamEvent) throws {
            let record = try #require(event.dynamodb)
            let key = try #require(record.keys)
            #expect(seen.insert(try #require(event.eventID)).inserted, "a change is there twice")
            #expect(items[key] == record.oldImage, "a change does not follow from the one before it")
            #expect(record.oldImage != record.newImage, "a change changes nothing")
            let name: StreamEventName = record.oldImage == nil ? .insert : record.newImage == nil ? .remove : .modify
            #expect(event.eventName == name)
            items[key] = record.newImage
        }
    }

    private final class Writing: Sendable {
        let isDone = Atomic(false)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func replayGivesTheTable(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        var engine = try Engine.open(in: directory)
        _ = try await engine.createTable(StreamTable.definition())
        let arn = try await engine.latestStream()
        let shards = try await engine.shardIDs(of: arn)
        var positions: [String: String] = [:]
        for shard in shards { positions[shard] = try await engine.iterator(arn, shard) }
        var live = Replay()
        for round in 0..<3 {
            let running = engine
            let writing = Writing()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await withThrowingTaskGroup(of: Void.self) { writers in
                        for writer in 0..<Self.writers {
                            let seed = seed * 100 + UInt64(round * Self.writers + writer)
                            writers.addTask { try await Self.write(running, seed: seed) }
                        }
                        try await writers.waitForAll()
                    }
                    writing.isDone.store(true, ordering: .releasing)
                }
                // Reads along with the writers: what is there is complete up to where the reader is.
                var goesOn = true
                while goesOn {
                    goesOn = !writing.isDone.load(ordering: .acquiring)
                    // Reading suspends nowhere: the writers need the threads too.
                    try await Task.sleep(for: .milliseconds(2))
                    for shard in shards {
                        let (events, next) = try await running.read(positions[shard], limit: 50)
                        positions[shard] = next
                        for event in events { try live.apply(event) }
                    }
                }
                try await group.waitForAll()
            }
            try await check(engine, arn, live)
            await engine.close()
            engine = try Engine.open(in: directory)
        }
        try await check(engine, arn, live)
        await engine.close()
    }

    private func check(_ engine: Engine, _ stream: String, _ live: Replay) async throws {
        let items = Set(try await engine.scanAll(StreamTable.name))
        #expect(Set(live.items.values) == items)
        var replay = Replay()
        for event in try await engine.readAll(stream) { try replay.apply(event) }
        #expect(Set(replay.items.values) == items)
        #expect(replay.seen == live.seen)
    }

    /// Puts, updates and deletes of items that other writers change too.
    private static func write(_ engine: Engine, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        func key() -> Item { ["id": .number(DecimalNumber(Int.random(in: 0..<ids, using: &random)))] }
        func item() -> Item {
            key().merging(["n": .number(DecimalNumber(Int.random(in: 0...3, using: &random)))]) { $1 }
        }
        for _ in 0..<60 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: try await engine.put(item())
            case 1: _ = try await engine.deleteItem(DeleteItemInput(tableName: StreamTable.name, key: key()))
            case 2:
                _ = try await engine.updateItem(
                    UpdateItemInput(
                        tableName: StreamTable.name, key: key(), updateExpression: "ADD n :one",
                        expressionAttributeValues: [":one": .number(1)]))
            default:
                var requests: [Item: WriteRequest] = [:]
                for _ in 0..<10 {
                    let item = item()
                    requests[item.filter { $0.key == "id" }] = .put(item)
                }
                _ = try await engine.batchWriteItem(
                    BatchWriteItemInput(requestItems: [StreamTable.name: Array(requests.values)]))
            }
        }
    }
}
