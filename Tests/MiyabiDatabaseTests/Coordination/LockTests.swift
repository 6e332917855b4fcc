import DynamoDB
import DynamoDBEngine
import Synchronization
import Testing

@testable import MiyabiRealtime

@Suite("LeaseStore: locks")
struct LockTests {
    /// How a holder of a lease of 30 seconds sleeps: 10 until the next heartbeat, and 20 at most for its answer.
    static let interval = Duration.seconds(10)
    static let limit = Duration.seconds(20)

    @Test("50 contenders with 10 increments each add up to 500, and never are two inside")
    func stress() async throws {
        try await withTables { engine in
            let leases = LeaseStore(dynamoDB: engine)
            let inside = Mutex((now: 0, most: 0))
            _ = try await concurrently(Array(0..<50), atMost: 50) { contender in
                for _ in 0..<10 {
                    try await leases.withLock(named: "counter", as: "\(contender)", for: .seconds(3600)) { _ in
                        inside.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        let count = try await value(in: engine)?.int ?? 0
                        _ = try await engine.transactWriteItems(
                            TransactWriteItemsInput(transactItems: [counter(.number(count + 1))]))
                        inside.withLock { $0.now -= 1 }
                    }
                }
            }
            #expect(try await value(in: engine) == 500)
            #expect(inside.withLock { $0.most } == 1)
        }
    }

    @Test("without the lock the same increments are lost")
    func control() async throws {
        try await withTables { engine in
            for _ in 0..<10 {
                // The worst order, which nothing forbids: all read before any writes.
                let counts = try await concurrently(Array(0..<50), atMost: 50) { _ in
                    try await value(in: engine)?.int ?? 0
                }
                _ = try await concurrently(counts, atMost: 50) { count in
                    try await engine.transactWriteItems(
                        TransactWriteItemsInput(transactItems: [counter(.number(count + 1))]))
                }
            }
            #expect(try await value(in: engine) == 10)
        }
    }

    @Test("heartbeats go on as long as the work does")
    func heartbeats() async throws {
        try await withTables { engine in
            let (beats, beat) = AsyncStream.makeStream(of: Void.self)
            let leases = LeaseStore(
                dynamoDB: engine,
                pacing: HostClock().pacing { duration in
                    if duration == Self.limit { try await sleepUntilCancelled() }
                    beat.yield()
                })
            let heartbeats = try await leases.withLock(named: "l", as: "a") { lease in
                // At the start of the sixth sleep there were five.
                for await _ in beats.prefix(6) {}
                return try await LeaseTable(dynamoDB: engine, pacing: .real).item(lease.key)?["heartbeats"]?.int
            }
            #expect(try #require(heartbeats) >= 5)
            #expect(try await leases.acquire("l", as: "b", waitingAtMost: .zero).fencingNumber == 2)
        }
    }

    @Test("losing it cancels the work, and is an error even if the work returns")
    func lost() async throws {
        try await withTables { engine in
            let successor = LeaseStore(dynamoDB: engine, pacing: HostClock().pacing())
            let taken = Mutex<Lease?>(nil)
            let leases = LeaseStore(
                dynamoDB: engine,
                pacing: HostClock().pacing { duration in
                    if duration == Self.limit { try await sleepUntilCancelled() }
                    let lease = try await successor.acquire("l", as: "successor")
                    taken.withLock { $0 = lease }
                })
            let wasCancelled = Mutex(false)
            let error = await #expect(throws: LeaseLost.self) {
                try await leases.withLock(named: "l", as: "a") { _ in
                    do { try await sleepUntilCancelled() } catch is CancellationError {
                        wasCancelled.withLock { $0 = true }
                    }
                }
            }
            #expect(error?.lease.fencingNumber == 1)
            #expect(wasCancelled.withLock { $0 })
            try await successor.renew(try #require(taken.withLock { $0 }))
        }
    }

    @Test("a heartbeat that has no answer in time counts as a lost lease; one that fails is sent again until then")
    func unreachable() async throws {
        try await withTables { engine in
            let isHeld = Mutex(false)
            let failures = Mutex(3)
            var tables = InterceptedTables(engine: engine)
            tables.beforeWriting = { _ in
                guard isHeld.withLock({ $0 }) else { return }
                let fails = failures.withLock { failures in
                    failures -= 1
                    return failures >= 0
                }
                if fails { throw DynamoDBError(code: .connectionFailed, message: "no route") }
                try await sleepUntilCancelled()
            }
            let leases = LeaseStore(
                dynamoDB: tables,
                pacing: HostClock().pacing { duration in
                    // The time for an answer ends when the failures do.
                    while duration == Self.limit, failures.withLock({ $0 >= 0 }) { await Task.yield() }
                })
            await #expect(throws: LeaseLost.self) {
                try await leases.withLock(named: "l", as: "a") { _ in
                    isHeld.withLock { $0 = true }
                    try await sleepUntilCancelled()
                }
            }
            #expect(failures.withLock { $0 } == -1)
        }
    }

    @Test("is given back when the work throws, when its task is cancelled, and when the work gave it back itself")
    func givenBack() async throws {
        struct Failure: Error {}
        try await withTables { engine in
            let leases = LeaseStore(dynamoDB: engine)
            await #expect(throws: Failure.self) {
                try await leases.withLock(named: "l", as: "a") { _ in throw Failure() }
            }
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await leases.withLock(named: "l", as: "b", waitingAtMost: .zero) { _ in
                    begin.finish()
                    try await sleepUntilCancelled()
                }
            }
            for await _ in begun {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await leases.withLock(named: "l", as: "c", waitingAtMost: .zero) { try await leases.release($0) }
            #expect(try await leases.acquire("l", as: "d", waitingAtMost: .zero).fencingNumber == 4)
        }
    }

    @Test("work that gives it back itself is not cancelled for that")
    func givenBackEarly() async throws {
        try await withTables { engine in
            let (beats, beat) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            var tables = InterceptedTables(engine: engine)
            let isReleased = Mutex(false)
            tables.beforeWriting = { _ in if isReleased.withLock({ $0 }) { beat.finish() } }
            let leases = LeaseStore(
                dynamoDB: tables,
                pacing: HostClock().pacing { duration in
                    if duration == Self.limit { try await sleepUntilCancelled() }
                    for await _ in released {}
                })
            let isCancelled = try await leases.withLock(named: "l", as: "a") { lease in
                try await leases.release(lease)
                isReleased.withLock { $0 = true }
                release.finish()
                for await _ in beats {}
                // The heartbeat is on its way; it finds that there is nothing left to renew.
                for _ in 0..<1000 { await Task.yield() }
                return Task.isCancelled
            }
            #expect(!isCancelled)
        }
    }
}
