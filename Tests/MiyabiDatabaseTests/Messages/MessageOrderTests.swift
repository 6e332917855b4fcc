import DynamoDB
import MiyabiDatabase
import Synchronization
import Testing

@Suite("MessageStore: order")
struct MessageOrderTests {
    @Test("every reader sees every message once, in order, whoever sends while it reads")
    func sendersAndReaders() async throws {
        let senders = 8
        let each = 24
        let connections = ["a", "b"]
        try await withQueue { queue in
            try await withThrowingTaskGroup(of: [Message]?.self) { group in
                for connection in connections {
                    for sender in 0..<senders {
                        group.addTask {
                            let numbers = Array(sender * 1000..<sender * 1000 + each)
                            // Half of them one by one, half of them three at once.
                            let size = sender % 2 == 0 ? 1 : 3
                            for start in stride(from: 0, to: each, by: size) {
                                try await queue.messages.send(
                                    contentsOf: MessageQueue.drafts(numbers[start..<start + size]), to: connection)
                            }
                            return nil
                        }
                    }
                    for limit in [1, 5, 1000] {
                        group.addTask { try await follow(connection, senders * each, limit, in: queue) }
                    }
                }
                var followed = 0
                for try await seen in group {
                    guard let seen else { continue }
                    followed += 1
                    check(seen, senders: senders, each: each)
                }
                #expect(followed == 6)
            }
            let keys = try await queue.items().filter { $0["PK"]?.string?.hasPrefix("CONNECTION#") ?? false }
            #expect(keys.count == connections.count * senders * each)
        }
    }

    /// Reads from the beginning until it has so many, as a client does that asks again and again.
    func follow(_ connection: String, _ count: Int, _ limit: Int, in queue: MessageQueue) async throws -> [Message] {
        var seen: [Message] = []
        while seen.count < count {
            let replay = try await queue.messages.replay(on: connection, after: seen.last?.cursor, limit: limit)
            guard case .messages(let page) = replay else {
                Issue.record("\(replay)")
                return seen
            }
            seen += page
            await Task.yield()
        }
        return seen
    }

    func check(_ seen: [Message], senders: Int, each: Int) {
        let numbers = seen.map(\.cursor.number)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        let contents = seen.compactMap(\.content)
        #expect(contents.count == senders * each)
        for sender in 0..<senders {
            #expect(contents.filter { $0 / 1000 == sender } == Array(sender * 1000..<sender * 1000 + each))
        }
    }

    @Test("numbers are at least the milliseconds, and grow although the clock goes back")
    func numbers() async throws {
        try await withQueue { queue in
            let now = queue.clock.now.milliseconds
            let first = try await queue.messages.send(MessageQueue.draft(1), to: "c")
            #expect(first.number == now)
            queue.clock.advance(by: .seconds(-5))
            let two = try await queue.messages.send(contentsOf: MessageQueue.drafts(2...3), to: "c")
            #expect(two.map(\.number) == [Int(now) + 1, Int(now) + 2])
            queue.clock.advance(by: .seconds(60))
            #expect(try await queue.messages.send(MessageQueue.draft(4), to: "c").number == now + 55_000)
            #expect(try await queue.replayed(on: "c").map(\.content) == [1, 2, 3, 4])
        }
    }

    @Test("more messages than a transaction takes keep their order")
    func large() async throws {
        try await withQueue { queue in
            let cursors = try await queue.messages.send(contentsOf: MessageQueue.drafts(0..<250), to: "c")
            #expect(try await queue.replayed(on: "c", limit: 1000).map(\.cursor) == cursors)
            let text = AttributeValue.string(String(repeating: "x", count: 390_000))
            let large = MessageDraft(.executionUpdate, payload: ["text": text])
            let more = try await queue.messages.send(contentsOf: Array(repeating: large, count: 12), to: "c")
            #expect(try await queue.replayed(on: "c", after: cursors.last, limit: 5).map(\.cursor) == more)
        }
    }

    @Test("a reader looks again where it sees only half of a transaction, as it may on AWS")
    func halfVisible() async throws {
        try await withQueue { queue in
            let cursors = try await queue.messages.send(contentsOf: MessageQueue.drafts(1...3), to: "c")
            // Each message in turn is not there yet at the first look, then the last two.
            for hidden in [Set([0]), [1], [2], [1, 2], [0, 1, 2]] {
                let numbers = Set(hidden.map { cursors[$0].number })
                let looks = Mutex(0)
                var tables = InterceptedTables(engine: queue.engine)
                tables.onQuery = { output in
                    guard
                        looks.withLock({
                            $0 += 1; return $0
                        }) == 1
                    else { return output }
                    var output = output
                    output.items?.removeAll { numbers.contains($0["SK"]?.int ?? 0) }
                    return output
                }
                let reader = MessageQueue(
                    engine: queue.engine, clock: queue.clock,
                    messages: MessageStore(dynamoDB: tables) { [clock = queue.clock] in clock.now })
                #expect(try await reader.replayed(on: "c").map(\.cursor) == cursors)
            }
        }
    }

    @Test("a message of a name is queued once, however many send it")
    func names() async throws {
        try await withQueue { queue in
            let drafts = (0..<60).map { MessageQueue.draft($0, id: "m\($0 % 50)") }
            let places = try await withThrowingTaskGroup(of: [MessageCursor].self) { group in
                for _ in 0..<5 { group.addTask { try await queue.messages.send(contentsOf: drafts, to: "c") } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            let messages = try await queue.replayed(on: "c")
            #expect(Set(messages.map(\.content)) == Set(0..<50))
            #expect(messages.count == 50)
            // All are told the same places, the second message of a name that of the first.
            #expect(places.count == 1)
            #expect(Set(places.first ?? []) == Set(messages.map(\.cursor)))
            #expect(places.first?.suffix(10) == places.first?.prefix(10))
            // Another connection's messages have names of their own; and a name can be used again after a day.
            try await queue.messages.send(drafts[0], to: "d")
            queue.clock.advance(by: Message.retention)
            try await queue.messages.send(drafts[0], to: "c")
            #expect(try await queue.messages.undelivered(on: "c").map(\.content) == [0])
        }
    }

    @Test("refuses what DynamoDB would, and what no connection is called, and sends nothing then")
    func limits() async throws {
        try await withQueue { queue in
            var deep: AttributeValue = 1
            for _ in 0..<32 { deep = .list([deep]) }
            let text = AttributeValue.string(String(repeating: "x", count: 410_000))
            for (draft, connection, code) in [
                (MessageDraft(.ping, payload: ["a": deep]), "c", MessageError.Code.tooDeep),
                (MessageDraft(.ping, payload: ["a": text]), "c", .tooLarge),
                (MessageDraft(.ping, id: ""), "c", .invalidIdentifier),
                (MessageDraft(.ping), "", .invalidConnection),
                (MessageDraft(.ping), String(repeating: "c", count: 256), .invalidConnection),
            ] {
                let error = await #expect(throws: MessageError.self) {
                    try await queue.messages.send(contentsOf: [MessageDraft(.ping), draft], to: connection)
                }
                #expect(error?.code == code)
            }
            let items = try await queue.items()
            #expect(items.isEmpty)
        }
    }

    @Test("types have the specification's names, and no others")
    func types() throws {
        #expect(throws: MessageError.self) { try MessageType(named: "pong") }
        #expect(try MessageType(named: "execution_update") == .executionUpdate)
    }
}
