import DynamoDB
import DynamoDBEngine
import MiyabiDatabase
import MiyabiTestSupport
import Testing

/// What the tests of messages share: a store over an engine of its own, with a clock that stands still.
struct MessageQueue: Sendable {
    let engine: Engine
    let clock: TestClock
    let messages: MessageStore

    /// A message with a number in it.
    static func draft(_ number: Int, id: String? = nil) -> MessageDraft {
        MessageDraft(.notification, payload: ["number": .number(DecimalNumber(number))], id: id)
    }

    static func drafts(_ numbers: some Sequence<Int>) -> [MessageDraft] { numbers.map { draft($0) } }

    /// Everything after a cursor, page by page.
    func replayed(on connection: String, after cursor: MessageCursor? = nil, limit: Int = 7) async throws -> [Message] {
        var cursor = cursor
        var all: [Message] = []
        while case .messages(let page) = try await messages.replay(on: connection, after: cursor, limit: limit),
            let last = page.last
        {
            all += page
            cursor = last.cursor
        }
        return all
    }

    func undelivered(on connection: String, limit: Int = 7) async throws -> [Message] {
        var all: [Message] = []
        while case let page = try await messages.undelivered(on: connection, after: all.last?.cursor, limit: limit),
            !page.isEmpty
        {
            all += page
        }
        return all
    }

    /// The items of the table, or of its index.
    func items(of index: String? = nil) async throws -> [Item] {
        let scan = ScanInput(tableName: MiyabiTables.webSocketMessages.tableName, indexName: index)
        var items: [Item] = []
        for try await item in engine.scanPages(scan).items { items.append(item) }
        return items
    }
}

extension Message {
    /// The number in the message.
    var content: Int? { payload["number"]?.int }
}

func withQueue(_ body: (MessageQueue) async throws -> Void) async throws {
    try await withEngine { engine in
        _ = try await engine.createTable(MiyabiTables.webSocketMessages)
        let clock = TestClock(Timestamp(seconds: 1_764_412_200))
        try await body(
            MessageQueue(
                engine: engine, clock: clock, messages: MessageStore(dynamoDB: engine) { clock.now }))
    }
}
