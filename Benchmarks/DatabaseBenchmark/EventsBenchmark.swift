import DynamoDB
import DynamoDBEngine
import FoundationEssentials
import MiyabiDatabase

extension DatabaseBenchmark {
    /// Events recorded through the store, 500 a call from 8 tasks, against the same items put into the engine by
    /// BatchWriteItem, 25 a call from 64 tasks. Durable, two indexes, a stream, an expiry.
    static func events(_ count: Int, in directory: String) async throws {
        let sample = EventSample()
        var (ours, baseline) = (0.0, 0.0)
        try await withEngine(directory + "/engine") { engine in
            baseline = try await rate(of: count, tasks: 64, inStepsOf: 25) { numbers in
                let puts = numbers.map { WriteRequest.put(sample.item($0)) }
                _ = try await engine.batchWriteItem(
                    BatchWriteItemInput(requestItems: [MiyabiTables.events.tableName: puts]))
            }
        }
        try await withEngine(directory + "/store") { engine in
            let store = EventStore(dynamoDB: engine)
            ours = try await rate(of: count, tasks: 8, inStepsOf: 500) { numbers in
                try await store.record(contentsOf: numbers.map { sample.event($0) })
            }
        }
        report(ours: ours, baseline: baseline)
    }
}

/// Events of about 600 bytes, as webhooks become.
struct EventSample: Sendable {
    private let users = (0..<5000).map { _ in UUID() }
    private let repositories = (0..<700).map { _ in UUID() }
    private let data: Item = [
        "action": "opened", "number": 42, "state": "open", "title": "An issue that somebody opened",
        "labels": ["bug", "help wanted"], "comments": 3,
    ]

    func event(_ number: Int) -> Event {
        Event(
            type: .webhook, userID: users[number % users.count],
            repositoryID: repositories[number % repositories.count], data: data)
    }

    /// What the store makes of such an event.
    func item(_ number: Int) -> Item {
        let id = ULIDGenerator.shared.next()
        let user = users[number % users.count].uuidString
        let repository = repositories[number % repositories.count].uuidString
        let milliseconds = Int(id.timestamp.milliseconds)
        return [
            "PK": .string("EVENT#webhook#2025-11-29T10:\(10 + number / 6000 % 50)Z#\(number % 4)"),
            "SK": .string("\(id)#user#\(user)#repo#\(repository)"),
            "event_type": "webhook", "timestamp": .number(DecimalNumber(milliseconds)), "data": .map(data),
            "ttl": .number(DecimalNumber(milliseconds / 1000 + 7_776_000)),
            "user_id": .string(user), "GSI1PK": .string("USER#\(user)"), "GSI1SK": .string("00\(milliseconds)#\(id)"),
            "repository_id": .string(repository), "GSI2PK": .string("REPO#\(repository)"),
            "GSI2SK": .string("00\(milliseconds)#\(id)"),
        ]
    }
}
