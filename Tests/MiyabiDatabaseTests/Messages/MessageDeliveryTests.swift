import DynamoDB
import DynamoDBEngine
import MiyabiDatabase
import Testing

@Suite("MessageStore: delivery")
struct MessageDeliveryTests {
    @Test("an acknowledgment holds for all up to it, once, and leaves the rest in the index")
    func acknowledge() async throws {
        try await withQueue { queue in
            let cursors = try await queue.messages.send(contentsOf: MessageQueue.drafts(0..<70), to: "c")
            try await queue.messages.send(contentsOf: MessageQueue.drafts(100..<103), to: "d")
            #expect(try await queue.undelivered(on: "c").map(\.content) == Array(0..<70))
            for through in [9, 4, 9, 60, 60, 0] {
                try await queue.messages.acknowledge(on: "c", through: cursors[through])
            }
            #expect(try await queue.undelivered(on: "c").map(\.content) == Array(61..<70))
            let index = try await queue.items(of: "GSI1")
            #expect(index.count == 9 + 3)
            #expect(index.allSatisfy { $0["delivered"] == false })
            let messages = try await queue.items().filter { $0["payload"] != nil }
            #expect(messages.count == 73)
            #expect(messages.allSatisfy { ($0["GSI1SK"] == nil) == ($0["delivered"] == true) })
            // Who asks without a cursor goes on after what was acknowledged; with one, after that.
            #expect(try await queue.replayed(on: "c").map(\.content) == Array(61..<70))
            #expect(try await queue.replayed(on: "c", after: cursors[57]).map(\.isDelivered).count { $0 } == 3)
        }
    }

    @Test("acknowledgments at once, while messages arrive, end at the greatest")
    func concurrentAcknowledgments() async throws {
        try await withQueue { queue in
            let cursors = try await queue.messages.send(contentsOf: MessageQueue.drafts(0..<40), to: "c")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for cursor in cursors.shuffled() {
                    group.addTask { try await queue.messages.acknowledge(on: "c", through: cursor) }
                }
                group.addTask { try await queue.messages.send(contentsOf: MessageQueue.drafts(40..<45), to: "c") }
                try await group.waitForAll()
            }
            #expect(try await queue.undelivered(on: "c").map(\.content) == Array(40..<45))
            #expect(try await queue.replayed(on: "c").map(\.content) == Array(40..<45))
        }
    }

    @Test("what a crash leaves of an acknowledgment, the next completes")
    func crashedAcknowledgment() async throws {
        struct Crash: Error {}
        try await withQueue { queue in
            let cursors = try await queue.messages.send(contentsOf: MessageQueue.drafts(0..<60), to: "c")
            var tables = InterceptedTables(engine: queue.engine)
            tables.beforeWriting = { if $0.hasPrefix("HEAD#") { throw Crash() } }
            let crashing = MessageStore(dynamoDB: tables) { [clock = queue.clock] in clock.now }
            await #expect(throws: Crash.self) { try await crashing.acknowledge(on: "c", through: cursors[30]) }
            // The client was not told that it is done: it gets them again.
            #expect(try await queue.replayed(on: "c").map(\.content) == Array(0..<60))
            try await queue.messages.acknowledge(on: "c", through: cursors[50])
            #expect(try await queue.replayed(on: "c").map(\.content) == Array(51..<60))
            #expect(try await queue.undelivered(on: "c").map(\.content) == Array(51..<60))
        }
    }

    @Test("refuses to acknowledge what was never sent")
    func foreignCursor() async throws {
        try await withQueue { queue in
            try await queue.messages.send(MessageQueue.draft(1), to: "c")
            let later = try await queue.messages.send(contentsOf: MessageQueue.drafts(0..<9), to: "d")[8]
            let future = try #require(
                MessageCursor(later.description.replacing("-\(later.number)", with: "-\(later.number + 1)")))
            for (connection, cursor) in [("c", later), ("d", future), ("e", later)] {
                let error = await #expect(throws: MessageError.self) {
                    try await queue.messages.acknowledge(on: connection, through: cursor)
                }
                #expect(error?.code == .invalidCursor)
                #expect(
                    try await queue.messages.replay(on: connection, after: cursor) == .notRecovered(.otherLife))
            }
            #expect(try await queue.undelivered(on: "d").count == 9)
        }
    }

    @Test("says so when messages after the cursor have expired, and hides them")
    func expiry() async throws {
        try await withQueue { queue in
            let old = try await queue.messages.send(contentsOf: MessageQueue.drafts(0..<3), to: "c")
            queue.clock.advance(by: .seconds(3600))
            let young = try await queue.messages.send(contentsOf: MessageQueue.drafts(3..<5), to: "c")
            queue.clock.advance(by: Message.retention - .seconds(3600))
            // Still in the table, as on AWS.
            #expect(try await queue.items(of: "GSI1").count == 5)
            #expect(try await queue.undelivered(on: "c").map(\.content) == [3, 4])
            for cursor in [nil, old[0], old[1]] {
                #expect(try await queue.messages.replay(on: "c", after: cursor) == .notRecovered(.expired))
            }
            #expect(try await queue.replayed(on: "c", after: old[2]).map(\.cursor) == young)
            queue.clock.advance(by: Message.retention)
            #expect(try await queue.messages.replay(on: "c", after: old[2]) == .notRecovered(.expired))
            #expect(try await queue.messages.replay(on: "c", after: young[1]) == .messages([]))
        }
    }

    @Test("a queue that was silent for a month begins another life, above the numbers of the old")
    func otherLife() async throws {
        try await withQueue { queue in
            // The sender's clock was far ahead.
            queue.clock.advance(by: .seconds(90 * 86_400))
            let old = try await queue.messages.send(MessageQueue.draft(1), to: "c")
            queue.clock.advance(by: .seconds(31 * 86_400))
            #expect(try await queue.messages.replay(on: "c") == .messages([]))
            #expect(try await queue.messages.replay(on: "c", after: old) == .notRecovered(.otherLife))
            queue.clock.advance(by: .seconds(-1))
            let new = try await queue.messages.send(MessageQueue.draft(2), to: "c")
            #expect(new.number > old.number)
            #expect(try await queue.messages.replay(on: "c", after: old) == .notRecovered(.otherLife))
            #expect(try await queue.replayed(on: "c").map(\.content) == [2])
            // The head was deleted, and the old messages, of a time ahead, were not.
            _ = try await queue.engine.deleteItem(
                DeleteItemInput(
                    tableName: MiyabiTables.webSocketMessages.tableName, key: ["PK": "HEAD#c", "SK": 0]))
            queue.clock.advance(by: .seconds(-100 * 86_400))
            let third = try await queue.messages.send(MessageQueue.draft(3), to: "c")
            #expect(third.number == new.number + 1)
            #expect(try await queue.replayed(on: "c").map(\.content) == [3])
        }
    }

    @Test("reaches every connection of a user but the one that fails, and while one is slow")
    func fanOut() async throws {
        struct Broken: Error {}
        try await withQueue { queue in
            let (others, release) = AsyncStream<Void>.makeStream()
            var tables = InterceptedTables(engine: queue.engine)
            tables.beforeWriting = { key in
                if key == "CONNECTION#broken" { throw Broken() }
                // The slow one goes on only when all others have their message.
                if key == "CONNECTION#slow" { for await _ in others { return } }
            }
            let store = MessageStore(dynamoDB: tables) { [clock = queue.clock] in clock.now }
            let connections = ["a", "b", "broken", "", "slow", "z"]
            async let sent = store.send(MessageQueue.draft(7), toEach: connections)
            for connection in ["a", "b", "z"] {
                while try await queue.replayed(on: connection).isEmpty { await Task.yield() }
            }
            #expect(try await queue.replayed(on: "slow").isEmpty)
            release.yield()
            let results = await sent
            #expect(Set(results.keys) == Set(connections))
            #expect(throws: Broken.self) { try results["broken"]?.get() }
            #expect(throws: MessageError.self) { try results[""]?.get() }
            for connection in ["a", "b", "slow", "z"] {
                let messages = try await queue.replayed(on: connection)
                #expect(messages.map(\.content) == [7])
                #expect(try results[connection]?.get() == messages.first?.cursor)
            }
        }
    }

    @Test("a cursor survives as text, and other text is none")
    func cursorText() async throws {
        try await withQueue { queue in
            let cursor = try await queue.messages.send(MessageQueue.draft(1), to: "c")
            #expect(MessageCursor(cursor.description) == cursor)
            for text in ["", "-", "x-1", "\(cursor) ", "\(cursor)-1", cursor.description.lowercased() + "0x"] {
                #expect(MessageCursor(text) == nil)
            }
        }
    }
}
