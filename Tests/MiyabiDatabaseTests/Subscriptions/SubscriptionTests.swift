import DynamoDB
import DynamoDBEngine
import Foundation
import MiyabiTestSupport
import Testing

@testable import MiyabiRealtime

@Suite("StreamSubscription")
struct SubscriptionTests {
    func events(_ count: Int) -> [Event] {
        (0..<count).map { Event(type: .webhook, userID: UUID(), data: ["number": .number(DecimalNumber($0))]) }
    }

    /// A subscription to a table whose items are in partitions of their own: all shards have some.
    func subscription(in tables: any DynamoDBAPI) throws -> StreamSubscription {
        try StreamSubscription(
            named: "s", to: MiyabiTables.webSocketMessages.tableName, dynamoDB: tables, options: .quick())
    }

    @Test("hands every recorded event to one of the processes that share a name, and to each name")
    func sharing() async throws {
        try await withTables { engine in
            let store = EventStore(dynamoDB: engine)
            let events = events(120)
            let seen = ["a": Seen<ULID>(), "b": Seen<ULID>()]
            var workers: [@Sendable () async throws -> Void] = []
            for (name, seen) in seen {
                for host in ["one", "two"] {
                    let subscription = try store.subscription(named: name, options: .quick())
                    workers.append {
                        try await subscription.run(as: host) { change in
                            if let event = try change.recordedEvent() { seen.add(event.id) }
                        }
                    }
                }
            }
            workers.append { try await store.record(contentsOf: events) }
            try await running(workers) { seen.values.allSatisfy { $0.all.count >= events.count } }
            for seen in seen.values { #expect(seen.all.sorted() == events.map(\.id).sorted()) }
        }
    }

    @Test("hands the changes of an item over in order")
    func order() async throws {
        try await withTables { engine in
            let seen = Seen<StreamEvent>()
            let subscription = try subscription(in: engine)
            let keys = (0..<8).map { "key-\($0)" }
            let workers: [@Sendable () async throws -> Void] = [
                { try await subscription.run(as: "host") { seen.add($0) } },
                { for version in 0..<10 { try await put(keys, version: version, in: engine) } },
            ]
            try await running(workers) { seen.all.count >= 80 }
            for key in keys {
                let versions = seen.all.filter { $0.partition == key }.map { $0.dynamodb?.newImage?["version"]?.int }
                #expect(versions == Array(0..<10))
            }
        }
    }

    @Test("processes share the shards evenly, and those that stay take what one that goes leaves")
    func evenly() async throws {
        try await withTables { engine in
            let subscription = try subscription(in: engine)
            func owners() async throws -> [String: Int] {
                try await subscription.progress().values.compactMap(\.owner)
                    .reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            let seen = Seen<String>()
            func worker(_ name: String) -> @Sendable () async throws -> Void {
                { try await subscription.run(as: name) { seen.add($0.partition) } }
            }
            let one = Task { try await worker("one")() }
            while try await owners() != ["one": 4] { try await Task.sleep(for: .milliseconds(2)) }
            let two = Task { try await worker("two")() }
            while try await owners() != ["one": 2, "two": 2] { try await Task.sleep(for: .milliseconds(2)) }
            let three = Task { try await worker("three")() }
            while try await owners().values.sorted() != [1, 1, 2] { try await Task.sleep(for: .milliseconds(2)) }
            let keys = (0..<80).map { "key-\($0)" }
            try await put(keys, in: engine)
            one.cancel()
            three.cancel()
            while try await owners() != ["two": 4] || Set(seen.all).count < keys.count {
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(Set(seen.all) == Set(keys))
            two.cancel()
            for worker in [one, two, three] { await #expect(throws: CancellationError.self) { try await worker.value } }
            let left = try await engine.query(
                QueryInput(tableName: MiyabiTables.agentState.tableName)
                    .matching(.equal("PK", subscription.partition), .begins("SK", with: "WORKER#")))
            #expect(left.count == 0)
        }
    }

    @Test("gives each process its share")
    func shares() {
        for (shards, workers, expected) in [
            (4, 1, [4]), (4, 3, [2, 1, 1]), (5, 2, [3, 2]), (1, 3, [1, 0, 0]), (0, 2, [0, 0]),
        ] {
            let names = (0..<workers).map { "worker-\($0)" }
            let shares = names.map { ShardSharing.share(of: shards, among: Set(names), for: $0) }
            #expect(shares == expected)
        }
    }

    @Test("a table that throttles cancels no handler, and every change is handed over once")
    func throttled() async throws {
        try await withTables { engine in
            let keys = (0..<60).map { "key-\($0)" }
            try await put(keys, in: engine)
            let subscription = try subscription(in: ThrottledStream(engine: engine))
            // The same, without faults: to look at the progress.
            let whole = try self.subscription(in: engine)
            let seen = Seen<String>()
            let cancelled = Seen<String>()
            // From the moment on when all is handled, and before the subscription is stopped.
            let isOver = Seen<Void>()
            try await running([
                {
                    try await subscription.run(as: "host") { change in
                        seen.add(change.partition)
                        do { try await Task.sleep(for: .milliseconds(1)) } catch {
                            if isOver.all.isEmpty { cancelled.add(change.partition) }
                        }
                    }
                }
            ]) {
                // All checkpoints have moved past the last change: what comes again would have come.
                guard seen.all.count >= keys.count,
                    try await whole.status().allSatisfy({ $0.lag == .zero && $0.checkpoint != nil })
                else { return false }
                isOver.add(())
                return true
            }
            #expect(seen.all.sorted() == keys.sorted())
            #expect(cancelled.all.isEmpty)
        }
    }

    @Test("goes on from the checkpoints after a stop")
    func restart() async throws {
        try await withTables { engine in
            let store = EventStore(dynamoDB: engine)
            let events = events(60)
            try await store.record(contentsOf: events)
            let subscription = try store.subscription(named: "s", options: .quick(pageSize: 1))
            let first = Seen<ULID>()
            let second = Seen<ULID>()
            let stopped: @Sendable () async throws -> Void = {
                try await subscription.run(as: "host") { change in
                    guard let event = try change.recordedEvent() else { return }
                    if first.all.count >= 20 { try await sleepUntilCancelled() }
                    first.add(event.id)
                }
            }
            try await running([stopped]) { first.all.count >= 20 }
            let restarted: @Sendable () async throws -> Void = {
                try await subscription.run(as: "host") { change in
                    if let event = try change.recordedEvent() { second.add(event.id) }
                }
            }
            try await running([restarted]) { Set(first.all + second.all).count == events.count }
            #expect(try await subscription.parked().isEmpty)
            // Of each of the four shards, the one that was being handled may come again.
            #expect(Set(first.all).intersection(second.all).count <= 4)
        }
    }

    @Test("takes over the shards of a process that shows no life, which then can no longer move the checkpoint")
    func takeover() async throws {
        try await withTables { engine in
            let keys = (0..<80).map { "key-\($0)" }
            try await put(keys, in: engine)
            let subscription = try subscription(in: engine)
            let stream = try await subscription.stream()
            // It took all shards, and sleeps.
            var sleeping: [ShardConsumer] = []
            for shard in try await subscription.readyShards(of: stream) {
                let request = try LeaseRequest(
                    subscription.key(of: shard), owner: "asleep", duration: .milliseconds(50), patience: nil)
                let lease = try await subscription.leases.acquire(request)
                sleeping.append(
                    ShardConsumer(
                        subscription: subscription, stream: stream, shard: shard, lease: lease, handler: { _ in }))
            }
            #expect(try await subscription.status().allSatisfy { $0.owner == "asleep" })
            let seen = Seen<String>()
            try await running([{ try await subscription.run(as: "awake") { seen.add($0.partition) } }]) {
                try await subscription.status().allSatisfy { $0.lag == .zero && $0.checkpoint != nil }
                    && seen.all.count >= keys.count
            }
            #expect(Set(seen.all) == Set(keys))
            let before = try await subscription.progress().mapValues(\.checkpoint)
            // More changes in every shard, for which the sleeper would move the checkpoint.
            try await put(keys, version: 1, in: engine)
            for consumer in sleeping { await #expect(throws: LeaseLost.self) { try await consumer.run() } }
            #expect(try await subscription.progress().mapValues(\.checkpoint) == before)
        }
    }

    @Test("parks what its handler cannot take, and goes on with the rest")
    func poison() async throws {
        struct Poison: Error {}
        try await withTables { engine in
            let store = EventStore(dynamoDB: engine)
            let events = events(30)
            let poison = Set([events[3].id, events[17].id])
            try await store.record(contentsOf: events)
            let subscription = try store.subscription(named: "s", options: .quick())
            let tried = Seen<ULID>()
            let seen = Seen<ULID>()
            let worker: @Sendable () async throws -> Void = {
                try await subscription.run(as: "host") { change in
                    guard let event = try change.recordedEvent() else { return }
                    tried.add(event.id)
                    if poison.contains(event.id) { throw Poison() }
                    seen.add(event.id)
                }
            }
            try await running([worker]) {
                let parked = try await subscription.parked().count
                return parked == 2 && seen.all.count >= 28
            }
            #expect(Set(seen.all) == Set(events.map(\.id)).subtracting(poison))
            let parked = try await subscription.parked()
            #expect(Set(try parked.map { try #require(try $0.change.recordedEvent()).id }) == poison)
            #expect(parked.allSatisfy { $0.error == "Poison()" && $0.attempts == 3 })
            for id in poison { #expect(tried.all.count { $0 == id } == 3) }
            for change in parked + parked { try await subscription.discard(change) }
            #expect(try await subscription.parked().isEmpty)
        }
    }

    @Test("parks a change that exceeds an item without its images")
    func largeParked() throws {
        let text = AttributeValue.string(String(repeating: "x", count: 300_000))
        let item: Item = ["PK": "p", "SK": 1, "text": text]
        let change = StreamEvent(
            eventName: .modify,
            dynamodb: StreamRecord(
                keys: ["PK": "p", "SK": 1], newImage: item, oldImage: item, sequenceNumber: "7"))
        let parked = ParkedChange(
            shard: "shard", sequenceNumber: "7", change: change, error: String(repeating: "e", count: 5000),
            attempts: 1, parkedAt: Timestamp(seconds: 1))
        let stored = parked.item(in: "SUBSCRIPTION#s")
        #expect(stored.sizeInBytes < ItemLimits.bytes)
        let read = try ParkedChange(item: stored)
        #expect(read.change.dynamodb?.keys == ["PK": "p", "SK": 1])
        #expect(read.change.dynamodb?.newImage == nil)
        #expect(read.error.count == 1000)
    }

    @Test("shows the age of the oldest change that was not handled")
    func lag() async throws {
        try await withTables { engine in
            try await EventStore(dynamoDB: engine).record(contentsOf: events(40))
            let later = Timestamp.now() + .seconds(1000)
            let subscription = try EventStore(dynamoDB: engine) { later }.subscription(named: "s", options: .quick())
            let behind = try await subscription.status()
            #expect(behind.count == 4)
            #expect(behind.contains { $0.lag >= .seconds(900) })
            #expect(behind.allSatisfy { $0.owner == nil && $0.checkpoint == nil && !$0.hasEnded })
            try await running([{ try await subscription.run(as: "host") { _ in } }]) {
                try await subscription.status().allSatisfy { $0.lag == .zero }
            }
        }
    }

    @Test("ends with a shard that is closed, and does not begin with it again")
    func ended() async throws {
        try await withTables { engine in
            let store = EventStore(dynamoDB: engine)
            let events = events(40)
            try await store.record(contentsOf: events)
            _ = try await engine.updateTable(
                UpdateTableInput(
                    tableName: MiyabiTables.events.tableName,
                    streamSpecification: StreamSpecification(streamEnabled: false)))
            let subscription = try store.subscription(named: "s", options: .quick())
            let seen = Seen<ULID>()
            let worker: @Sendable () async throws -> Void = {
                try await subscription.run(as: "host") { change in
                    if let event = try change.recordedEvent() { seen.add(event.id) }
                }
            }
            try await running([worker]) { try await subscription.status().allSatisfy(\.hasEnded) }
            #expect(seen.all.sorted() == events.map(\.id).sorted())
            let stream = try await subscription.stream()
            #expect(try await subscription.readyShards(of: stream).isEmpty)
        }
    }

    @Test("says so when the stream has dropped changes, and goes on with the oldest that it has")
    func gaps() async throws {
        try await withTables { engine in
            let keys = (0..<80).map { "key-\($0)" }
            try await put(keys, in: engine)
            let whole = try subscription(in: engine)
            try await running([{ try await whole.run(as: "host") { _ in } }]) {
                try await whole.status().allSatisfy { $0.lag == .zero && $0.checkpoint != nil }
            }
            let trimmed = try subscription(in: TrimmedStream(engine: engine))
            let seen = Seen<String>()
            try await running([{ try await trimmed.run(as: "host") { seen.add($0.partition) } }]) {
                seen.all.count >= keys.count
            }
            #expect(Set(seen.all) == Set(keys))
            #expect(try await whole.status().map(\.gaps) == [1, 1, 1, 1])
        }
    }

    @Test("begins with a shard when its parent has ended or is gone")
    func parents() {
        let shards = [
            Shard(shardId: "child", parentShardId: "parent"), Shard(shardId: "parent", parentShardId: "gone"),
            Shard(shardId: "grandchild", parentShardId: "child"), Shard(shardId: "alone"),
        ]
        #expect(StreamSubscription.ready(shards, ended: []) == ["parent", "alone"])
        #expect(StreamSubscription.ready(shards, ended: ["parent"]) == ["child", "alone"])
        #expect(StreamSubscription.ready(shards, ended: ["parent", "alone", "child"]) == ["grandchild"])
    }

    @Test("refuses a name that is none, and a table without a stream")
    func refusals() async throws {
        try await withEngine { engine in
            var table = MiyabiTables.events
            table.streamSpecification = nil
            _ = try await engine.createTable(table)
            let store = EventStore(dynamoDB: engine)
            for name in ["", String(repeating: "n", count: 256)] {
                let error = #expect(throws: SubscriptionError.self) { try store.subscription(named: name) }
                #expect(error?.code == .invalidName)
            }
            let subscription = try store.subscription(named: "s")
            let error = await #expect(throws: SubscriptionError.self) { try await subscription.run(as: "h") { _ in } }
            #expect(error?.code == .noStream)
        }
    }
}
