import DynamoDB
import Testing

@testable import MiyabiRealtime

@Suite("TaskQueue: order and claims")
struct TaskQueueTests {
    @Test("gives tasks out once, longest due first, and none before its time")
    func order() async throws {
        try await withTasks { fixture in
            let queue = try fixture.consumer()
            let start = fixture.clock.now
            for (id, seconds) in [("c", 3), ("a", 1), ("late", 60), ("b", 2)] {
                try await queue.enqueue(id, ["id": .string(id)], notBefore: start + .seconds(seconds))
            }
            #expect(try await queue.ids(upTo: 10).isEmpty)
            fixture.clock.advance(by: .seconds(59))
            let claims = try await queue.claim(upTo: 2, as: "x")
            #expect(claims.map(\.id) == ["a", "b"])
            #expect(claims.map(\.payload) == [["id": "a"], ["id": "b"]])
            #expect(claims.map(\.attempt) == [1, 1])
            #expect(try await fixture.consumer().ids(upTo: 10) == ["c"])
            fixture.clock.advance(by: .seconds(1))
            #expect(try await queue.ids(upTo: 10) == ["late"])
            #expect(try await queue.ids(upTo: 10).isEmpty)
        }
    }

    @Test("takes a task of the same identifier once, also when it is held or done, until it is forgotten")
    func idempotent() async throws {
        try await withTasks { fixture in
            let queue = try fixture.consumer()
            #expect(try await queue.enqueue("a", ["n": 1]))
            #expect(try await queue.enqueue("a", ["n": 2]) == false)
            let claim = try #require(try await queue.claim(as: "x").first)
            #expect(claim.payload == ["n": 1])
            #expect(try await queue.enqueue("a") == false)
            try await queue.complete(claim)
            #expect(try await queue.enqueue("a") == false)
            #expect(try await queue.ids(upTo: 1).isEmpty)
            #expect(try await fixture.items().count == 1)
            fixture.clock.advance(by: TaskQueue.retention)
            #expect(try await queue.enqueue("a", ["n": 3]))
            let again = try #require(try await queue.claim(as: "x").first)
            #expect(again.payload == ["n": 3])
            #expect(again.attempt == 1)
            await #expect(throws: LeaseLost(claim.lease)) { try await queue.complete(claim) }
        }
    }

    @Test("consumers at once share the tasks and none is given to two")
    func consumers() async throws {
        try await withTasks { fixture in
            let producer = try fixture.consumer()
            _ = try await concurrently(Array(0..<60), atMost: 20) { try await producer.enqueue("\($0)") }
            let consumers = try (0..<10).map { _ in try fixture.consumer() }
            let claimed = try await concurrently(consumers, atMost: 10) { try await $0.ids(upTo: 20) }.flatMap { $0 }
            let rest = try await producer.ids(upTo: 60)
            #expect((claimed + rest).sorted() == (0..<60).map { "\($0)" }.sorted())
        }
    }

    @Test("a consumer that shows no life is taken over, and cannot end the task when it wakes up")
    func pausedConsumer() async throws {
        try await withTasks { fixture in
            let sleeper = try fixture.consumer()
            let host = HostClock()
            let queue = try fixture.consumer(host)
            try await queue.enqueue("a")
            let old = try #require(try await sleeper.claim(as: "sleeper", for: .seconds(30)).first)
            #expect(try await queue.ids(upTo: 1).isEmpty)
            try await host.pacing().sleep(.seconds(20))
            try await sleeper.heartbeat(old)
            for _ in 0..<2 {
                #expect(try await queue.ids(upTo: 1).isEmpty)
                try await host.pacing().sleep(.seconds(20))
            }
            let new = try #require(try await queue.claim(as: "successor").first)
            #expect(new.attempt == 2)
            let before = try await fixture.items()
            await #expect(throws: LeaseLost(old.lease)) { try await sleeper.heartbeat(old) }
            await #expect(throws: LeaseLost(old.lease)) { try await sleeper.complete(old) }
            await #expect(throws: LeaseLost(old.lease)) { try await sleeper.retry(old, because: "late") }
            #expect(try await fixture.items() == before)
            try await queue.complete(new)
            await #expect(throws: LeaseLost(new.lease)) { try await queue.complete(new) }
        }
    }

    @Test("refuses bad input, and changes nothing")
    func badInput() async throws {
        try await withTasks { fixture in
            for name in ["", String(repeating: "x", count: 1025)] {
                let error = #expect(throws: TaskQueueError.self) { try TaskQueue(name, dynamoDB: fixture.engine) }
                #expect(error?.code == .invalidName)
            }
            let queue = try fixture.consumer()
            let deep = (0..<32).reduce(AttributeValue.null) { value, _ in .list([value]) }
            let tasks: [(String, Item, TaskQueueError.Code)] = [
                ("", [:], .invalidTaskID), (String(repeating: "x", count: 513), [:], .invalidTaskID),
                ("a", ["a": deep], .tooDeep), ("a", ["a": .string(String(repeating: "x", count: 310_000))], .tooLarge),
            ]
            for (id, payload, code) in tasks {
                let error = await #expect(throws: TaskQueueError.self) { try await queue.enqueue(id, payload) }
                #expect(error?.code == code)
            }
            #expect(try await fixture.items().isEmpty)
            try await queue.enqueue("a")
            let before = try await fixture.items()
            await #expect(throws: LeaseError.self) { try await queue.claim(as: "") }
            #expect(try await fixture.items() == before)
        }
    }
}
