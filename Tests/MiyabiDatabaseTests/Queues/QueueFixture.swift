import DynamoDB
import DynamoDBEngine

@testable import MiyabiRealtime

/// An engine, and consumers of one queue over it.
struct QueueFixture {
    let engine: Engine
    /// In the year 2100: by its own clock the engine drops what has expired.
    let clock = TestClock(Timestamp(seconds: 4_102_444_800))
    var options = TaskQueue.Options(maximumAttempts: 3, backoffBase: .seconds(8), backoffMaximum: .seconds(12))

    /// A consumer on a host of its own.
    func consumer(_ host: HostClock = HostClock()) throws -> TaskQueue {
        try TaskQueue(
            "q", dynamoDB: engine, options: options, clock: { [clock] in clock.now }, pacing: host.pacing())
    }

    /// Everything in the table.
    func items() async throws -> Set<Item> {
        Set(try await engine.scan(ScanInput(tableName: MiyabiTables.agentState.tableName)).items ?? [])
    }

    /// How many tasks are neither completed nor dead.
    func waiting() async throws -> Int {
        try await items().count { $0["SK"]?.string?.hasPrefix(TaskPlace.Order.waiting.rawValue) == true }
    }
}

extension TaskQueue {
    func ids(upTo limit: Int) async throws -> [String] {
        try await claim(upTo: limit, as: "test").map(\.id)
    }

    func dead() async throws -> [DeadLetter] {
        try await deadLetters(pageSize: 2).reduce(into: []) { $0 += $1 }
    }
}

func withTasks(_ body: (QueueFixture) async throws -> Void) async throws {
    try await withTables { try await body(QueueFixture(engine: $0)) }
}
