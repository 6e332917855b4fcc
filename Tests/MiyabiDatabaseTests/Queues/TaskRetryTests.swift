import DynamoDB
import DynamoDBEngine
import Synchronization
import Testing

@testable import MiyabiRealtime

@Suite("TaskQueue: failures")
struct TaskRetryTests {
    @Test("a task that fails waits longer each time, becomes a dead letter, and can be put back")
    func retries() async throws {
        try await withTasks { fixture in
            let queue = try fixture.consumer()
            try await queue.enqueue("a", ["n": 1])
            for (attempt, longest) in [(1, Duration.seconds(8)), (2, .seconds(12))] {
                let claim = try #require(try await queue.claim(as: "x").first)
                #expect(claim.attempt == attempt)
                guard case .waits(let moment) = try await queue.retry(claim, because: "fault \(attempt)") else {
                    Issue.record("a dead letter after attempt \(attempt)")
                    return
                }
                let wait = Duration.milliseconds(moment.milliseconds - fixture.clock.now.milliseconds)
                #expect((.seconds(4)...longest).contains(wait))
                fixture.clock.advance(by: wait - .milliseconds(1))
                #expect(try await queue.ids(upTo: 1).isEmpty)
                fixture.clock.advance(by: .milliseconds(1))
            }
            #expect(try await queue.dead().isEmpty)
            #expect(try await queue.redrive("a") == false)
            let last = try #require(try await queue.claim(as: "x").first)
            #expect(try await queue.retry(last, because: "fault 3") == .isDead)
            #expect(try await queue.ids(upTo: 1).isEmpty)
            #expect(try await queue.enqueue("a") == false)
            let letter = try #require(try await queue.dead().first)
            #expect((letter.id, letter.payload, letter.attempts, letter.lastError) == ("a", ["n": 1], 3, "fault 3"))

            #expect(try await queue.redrive("a"))
            #expect(try await queue.redrive("a") == false)
            #expect(try await queue.redrive("nothing") == false)
            #expect(try await queue.dead().isEmpty)
            let again = try #require(try await queue.claim(as: "x").first)
            #expect(again.attempt == 1)
            #expect(again.lease.fencingNumber == 4)
        }
    }

    @Test("a task whose consumers all stop becomes a dead letter, and lets the others pass")
    func poison() async throws {
        try await withTasks { fixture in
            let host = HostClock()
            let queue = try fixture.consumer(host)
            try await queue.enqueue("poison")
            for attempt in 1...3 {
                let claim = try #require(try await queue.claim(as: "x", for: .seconds(30)).first)
                #expect(claim.attempt == attempt)
                #expect(try await queue.ids(upTo: 1).isEmpty)
                try await host.pacing().sleep(.seconds(30))
            }
            try await queue.enqueue("sound")
            #expect(try await queue.ids(upTo: 1) == ["sound"])
            let letters = try await queue.dead()
            #expect(letters.map(\.id) == ["poison"])
            #expect(letters.first?.lastError == nil)
        }
    }

    @Test(
        "a task that cannot be read becomes a dead letter, and the others go on",
        arguments: [
            ("TASK#bad", "task_id"), ("TASK#bad", "attempts_from"), ("TASK#bad", "fencing"), ("PAYLOAD#bad", "payload"),
        ])
    func unreadable(_ sort: String, _ attribute: String) async throws {
        try await withTasks { fixture in
            let queue = try fixture.consumer()
            for id in ["bad", "good"] { try await queue.enqueue(id, ["n": 1]) }
            _ = try await fixture.engine.updateItem(
                UpdateItemInput(
                    tableName: MiyabiTables.agentState.tableName,
                    key: ["PK": "QUEUE#q", "SK": .string(sort)], .remove(AttributePath(attribute))))
            #expect(try await queue.ids(upTo: 10) == ["good"])
            let letter = try #require(try await queue.dead().first)
            #expect(letter.id == "bad" && letter.payload.isEmpty && letter.lastError?.isEmpty == false)
            #expect(try await queue.ids(upTo: 10).isEmpty)
        }
    }

    @Test("a consumer that is told to stop gives its task back, and that does not count as an attempt")
    func shutdown() async throws {
        try await withTasks { fixture in
            let queue = try TaskQueue(
                "q", dynamoDB: fixture.engine, options: fixture.options, clock: { [clock = fixture.clock] in clock.now }
            )
            try await queue.enqueue("a", ["n": 1])
            for _ in 0..<5 {
                let claim = try #require(try await queue.claim(as: "x").first)
                #expect(claim.attempt == 1)
                let (begun, begin) = AsyncStream.makeStream(of: Void.self)
                let consumer = Task {
                    try await queue.run(claim) { _ in
                        begin.finish()
                        try await sleepUntilCancelled()
                    }
                }
                for await _ in begun {}
                consumer.cancel()
                await #expect(throws: CancellationError.self) { try await consumer.value }
            }
            #expect(try await queue.dead().isEmpty)
        }
    }

    @Test("a heartbeat does not write the payload again, and a task that is done leaves none behind")
    func payloads() async throws {
        try await withTasks { fixture in
            let queue = try fixture.consumer()
            let payload: Item = ["text": .string(String(repeating: "x", count: 200_000))]
            try await queue.enqueue("a", payload)
            let claim = try #require(try await queue.claim(as: "x").first)
            #expect(claim.payload == payload)
            let beaten = try #require(try await queue.leases.item(claim.lease.key))
            #expect(beaten.sizeInBytes < 1000)
            try await queue.heartbeat(claim)
            try await queue.complete(claim)
            #expect(try await fixture.items().allSatisfy { $0.sizeInBytes < 1000 })
        }
    }

    @Test("work that returns completes its task, work that throws puts it back")
    func run() async throws {
        struct Failure: Error {}
        try await withTasks { fixture in
            // Heartbeats are not due while this work runs.
            let queue = try TaskQueue(
                "q", dynamoDB: fixture.engine, options: fixture.options, clock: { [clock = fixture.clock] in clock.now }
            )
            try await queue.enqueue("a", ["n": 1])
            let failed = try #require(try await queue.claim(as: "x").first)
            await #expect(throws: Failure.self) { try await queue.run(failed) { _ in throw Failure() } }
            #expect(try await queue.ids(upTo: 1).isEmpty)
            fixture.clock.advance(by: .seconds(8))
            let claim = try #require(try await queue.claim(as: "x").first)
            #expect(claim.attempt == 2)
            let payload = Mutex<Item>([:])
            try await queue.run(claim) { task in payload.withLock { $0 = task.payload } }
            #expect(payload.withLock { $0 } == ["n": 1])
            fixture.clock.advance(by: .seconds(3600))
            #expect(try await queue.ids(upTo: 1).isEmpty)
            #expect(try await queue.dead().isEmpty)
        }
    }

    @Test("every task ends once, completed or dead, though its consumers fail and stop")
    func stress() async throws {
        try await withTasks { fixture in
            let completions = Mutex<[String: Int]>([:])
            let producer = try fixture.consumer()
            let ids = (0..<100).map { "\($0)" }
            _ = try await concurrently(ids, atMost: 20) { try await producer.enqueue($0) }
            _ = try await concurrently(Array(0..<8), atMost: 8) { number in
                let host = HostClock()
                let queue = try fixture.consumer(host)
                var work = number
                for _ in 0..<300 where try await fixture.waiting() > 0 {
                    for claim in try await queue.claim(upTo: 5, as: "\(number)", for: .seconds(10)) {
                        work += 1
                        do {
                            // A third succeeds, a third fails, a third stops.
                            if work % 3 == 0 {
                                try await queue.complete(claim)
                                completions.withLock { $0[claim.id, default: 0] += 1 }
                            } else if work % 3 == 1 {
                                try await queue.retry(claim, because: "fault")
                            }
                        } catch is LeaseLost {
                            // By another's clock this host took too long.
                        }
                    }
                    try await host.pacing().sleep(.seconds(1))
                    fixture.clock.advance(by: .seconds(1))
                }
            }
            #expect(try await fixture.waiting() == 0)
            let dead = try await Set(producer.dead().map(\.id))
            let done = completions.withLock { $0 }
            #expect(done.values.allSatisfy { $0 == 1 })
            #expect(dead.isDisjoint(with: done.keys))
            #expect(dead.union(done.keys) == Set(ids))
        }
    }
}
