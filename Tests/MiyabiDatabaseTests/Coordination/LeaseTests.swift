import DynamoDB
import DynamoDBEngine
import Foundation
import MiyabiTestSupport
import Synchronization
import Testing

@testable import MiyabiRealtime

@Suite("LeaseStore: leases")
struct LeaseTests {
    @Test("one holds it; given back, the next has it at once, with a larger fencing number")
    func release() async throws {
        try await withTables { engine in
            let leases = LeaseStore(dynamoDB: engine)
            var last = 0
            for round in 1...5 {
                let lease = try await leases.acquire("l", as: "host-\(round)", waitingAtMost: .zero)
                #expect(lease.fencingNumber > last)
                last = lease.fencingNumber
                let error = await #expect(throws: LeaseError.self) {
                    try await leases.acquire("l", as: "late", waitingAtMost: .zero)
                }
                #expect(error?.code == .held)
                #expect(error?.message == "host-\(round) holds LOCK#l")
                let other = try await leases.acquire("other", as: "late", waitingAtMost: .zero)
                try await leases.release(other)
                try await leases.release(lease)
                try await leases.release(lease)
                await #expect(throws: LeaseLost(lease)) { try await leases.renew(lease) }
            }
        }
    }

    @Test("is taken over once its holder has shown no life for its duration, on the contender's own clock")
    func takeover() async throws {
        try await withTables { engine in
            let abandoned = try await LeaseStore(dynamoDB: engine).acquire("l", as: "a", for: .seconds(30))
            let clock = HostClock()
            let contender = LeaseStore(dynamoDB: engine, pacing: clock.pacing())
            await #expect(throws: LeaseError.self) {
                try await contender.acquire("l", as: "b", waitingAtMost: .seconds(29))
            }
            #expect(clock.elapsed == .seconds(29))
            let lease = try await contender.acquire("l", as: "b", for: .seconds(1))
            #expect(clock.elapsed == .seconds(29 + 30))
            #expect(lease.fencingNumber == abandoned.fencingNumber + 1)
        }
    }

    @Test("is kept by heartbeats")
    func heartbeats() async throws {
        try await withTables { engine in
            let holder = LeaseStore(dynamoDB: engine)
            let lease = try await holder.acquire("l", as: "a", for: .seconds(30))
            let clock = HostClock()
            let contender = LeaseStore(dynamoDB: engine, pacing: clock.pacing { _ in try await holder.renew(lease) })
            await #expect(throws: LeaseError.self) {
                try await contender.acquire("l", as: "b", waitingAtMost: .seconds(200))
            }
            #expect(clock.elapsed == .seconds(200))
            try await holder.release(lease)
        }
    }

    @Test("of contenders that see it abandoned at once, one gets it")
    func contenders() async throws {
        try await withTables { engine in
            _ = try await LeaseStore(dynamoDB: engine).acquire("l", as: "gone", for: .seconds(10))
            let watching = Mutex(0)
            let won = try await concurrently(Array(0..<20), atMost: 20) { number in
                let isFirst = Mutex(true)
                let contender = LeaseStore(
                    dynamoDB: engine,
                    pacing: HostClock().pacing { _ in
                        // None goes on before all have seen it.
                        if isFirst.withLock({ first in
                            defer { first = false }; return first
                        }) {
                            watching.withLock { $0 += 1 }
                        }
                        while watching.withLock({ $0 }) < 20 { await Task.yield() }
                    })
                do {
                    return try await contender.acquire(
                        "l", as: "\(number)", for: .seconds(10), waitingAtMost: .seconds(10)) as Lease?
                } catch let error as LeaseError where error.code == .held { return nil }
            }.compactMap { $0 }
            #expect(won.map(\.fencingNumber) == [2])
        }
    }

    @Test("a waiter whose reads are throttled has not looked: it goes on waiting, and still takes over in time")
    func throttledWaiters() async throws {
        try await withTables { engine in
            _ = try await LeaseStore(dynamoDB: engine).acquire("l", as: "gone", for: .seconds(30))
            let reads = Mutex((all: 0, current: 0))
            var tables = InterceptedTables(engine: engine)
            tables.beforeReading = { input in
                let number = reads.withLock { reads in
                    reads.all += 1
                    if input.consistentRead == true { reads.current += 1 }
                    return reads.all
                }
                // Two of three are refused, the first ones too.
                if number % 3 != 0 {
                    throw DynamoDBError(code: .provisionedThroughputExceededException, message: "slow down")
                }
            }
            let clock = HostClock()
            let waiter = LeaseStore(dynamoDB: tables, pacing: clock.pacing())
            let lease = try await waiter.acquire("l", as: "b", for: .seconds(1))
            #expect(lease.fencingNumber == 2)
            #expect(clock.elapsed >= .seconds(30))
            // Until the first answer it reads what is true now; from then on what was true lately, at half the cost.
            let counts = reads.withLock { $0 }
            #expect(counts.current == 3 && counts.all > 20)

            tables.beforeReading = { _ in throw DynamoDBError(code: .throttlingException, message: "slow down") }
            let error = await #expect(throws: DynamoDBError.self) {
                try await LeaseStore(dynamoDB: tables, pacing: clock.pacing())
                    .acquire("l", as: "c", waitingAtMost: .seconds(5))
            }
            #expect(error?.isThrottling == true)
        }
    }

    /// Thirty want a lease on a table of 10 reads and 5 writes a second, as AWS would enforce it. The engine's clock and the
    /// waiters' go fifty times as fast as the machine's.
    @Test("thirty waiters on a small table that enforces its throughput all get the lease, one after the other")
    func enforcedThroughput() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "miyabi-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let speed = 50.0
        var options = Engine.Options(directory: directory.path)
        options.synchronous = false
        options.enforceThroughput = true
        options.clock = EngineClock(elapsed: { EngineClock.secondsSinceStart() * speed })
        let engine = try Engine.open(options, logger: TestPlatform.logger)
        try await MiyabiTables.createMissing(on: engine)

        let start = ContinuousClock.now
        let pacing = Pacing(
            now: { start + start.duration(to: .now) * speed }, sleep: { try await Task.sleep(for: $0 / speed) })
        let refusals = Seen<Void>()
        let leases = LeaseStore(dynamoDB: CountingThrottles(engine: engine, refusals: refusals), pacing: pacing)
        let held = Holders()
        let faults = await withTaskGroup(of: String?.self) { group in
            for number in 0..<30 {
                group.addTask {
                    do {
                        try await leases.withLock(named: "l", as: "\(number)", for: .seconds(600)) { _ in
                            held.counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.all + 1) }
                            try await pacing.sleep(.milliseconds(100))
                            held.counts.withLock { $0.now -= 1 }
                        }
                        return nil
                    } catch { return "\(number): \(error)" }
                }
            }
            var faults: [String] = []
            for await case let fault? in group { faults.append(fault) }
            return faults
        }
        await engine.close()
        #expect(faults == [])
        #expect(held.counts.withLock { $0.all } == 30 && held.counts.withLock { $0.most } == 1)
        // It was not for nothing that they had to be patient.
        #expect(!refusals.all.isEmpty)
    }

    @Test("a lease that is free but cannot be taken for throttling is waited for by who has no limit")
    func throttledTaking() async throws {
        try await withTables { engine in
            let attempts = Mutex(0)
            let tables = InterceptedTables(engine: engine) { _ in
                let number = attempts.withLock { attempts in
                    attempts += 1
                    return attempts
                }
                if number <= 25 { throw DynamoDBError(code: .throttlingException, message: "slow down") }
            }
            let leases = LeaseStore(dynamoDB: tables, pacing: HostClock().pacing())
            let lease = try await leases.acquire("l", as: "a", for: .seconds(60))
            #expect(lease.fencingNumber == 1)
            // Who gives it back does not give up before it expires either.
            attempts.withLock { $0 = 0 }
            try await leases.release(lease)
            #expect(attempts.withLock { $0 } == 26)
        }
    }

    @Test("writes that are throttled are sent again")
    func throttledWrites() async throws {
        try await withTables { engine in
            let number = Mutex(0)
            var tables = InterceptedTables(engine: engine)
            tables.beforeWriting = { _ in
                let isRefused = number.withLock { number in
                    number += 1
                    return number % 3 != 0
                }
                if isRefused { throw DynamoDBError(code: .throttlingException, message: "slow down") }
            }
            let leases = LeaseStore(dynamoDB: tables, pacing: HostClock().pacing())
            let lease = try await leases.acquire("l", as: "a")
            try await leases.renew(lease)
            try await leases.write([counter("x")], under: lease)
            try await leases.release(lease)
            #expect(try await value(in: engine) == "x")
        }
    }

    @Test("a paused holder that wakes up after a takeover cannot renew, release or write")
    func pausedHolder() async throws {
        try await withTables { engine in
            let sleeper = LeaseStore(dynamoDB: engine)
            let old = try await sleeper.acquire("l", as: "sleeper", for: .seconds(30))
            func write(_ text: String, under lease: Lease) async throws {
                try await sleeper.write([counter(.string(text))], under: lease)
            }
            try await write("before", under: old)
            let successor = LeaseStore(dynamoDB: engine, pacing: HostClock().pacing())
            let new = try await successor.acquire("l", as: "successor", for: .seconds(30))
            try await write("after", under: new)
            await #expect(throws: LeaseLost(old)) { try await write("stale", under: old) }
            await #expect(throws: LeaseLost(old)) { try await sleeper.renew(old) }
            await #expect(throws: LeaseLost(old)) { try await sleeper.release(old) }
            #expect(try await value(in: engine) == "after")
            try await successor.release(new)
            await #expect(throws: LeaseLost(old)) { try await write("stale", under: old) }
            #expect("\(LeaseLost(old))" == "sleeper no longer holds LOCK#l under the fencing number 1")
        }
    }

    @Test("a write whose own condition fails is refused for that, not as a lost lease")
    func otherCondition() async throws {
        try await withTables { engine in
            let leases = LeaseStore(dynamoDB: engine)
            let lease = try await leases.acquire("l", as: "a")
            let put = Put(tableName: MiyabiTables.agentState.tableName, item: ["PK": "X", "SK": "X"])
            try await leases.write([.put(put.when(.absent("PK")))], under: lease)
            let error = await #expect(throws: DynamoDBError.self) {
                try await leases.write([.put(put.when(.absent("PK")))], under: lease)
            }
            #expect(error?.code == .transactionCanceledException)
        }
    }

    @Test("an answer that is lost on the way changes nothing")
    func resent() async throws {
        try await withTables { engine in
            let leases = LeaseStore(dynamoDB: ResendingTables(engine: engine))
            for fencingNumber in 1...3 {
                let lease = try await leases.acquire("l", as: "a", waitingAtMost: .zero)
                #expect(lease.fencingNumber == fencingNumber)
                try await leases.renew(lease)
                try await leases.release(lease)
            }
        }
    }

    @Test("refuses names, owners and durations out of range, and writes nothing")
    func badInput() async throws {
        try await withTables { engine in
            let leases = LeaseStore(dynamoDB: engine)
            let long = String(repeating: "é", count: 600)
            let requests: [(String, String, Duration, LeaseError.Code)] = [
                ("", "a", .seconds(1), .invalidName), (long, "a", .seconds(1), .invalidName),
                ("l", "", .seconds(1), .invalidOwner), ("l", long, .seconds(1), .invalidOwner),
                ("l", "a", .zero, .invalidDuration), ("l", "a", .seconds(86_401), .invalidDuration),
            ]
            for (name, owner, duration, code) in requests {
                let error = await #expect(throws: LeaseError.self) {
                    try await leases.acquire(name, as: owner, for: duration)
                }
                #expect(error?.code == code)
            }
            let count = try await engine.scan(ScanInput(tableName: MiyabiTables.agentState.tableName)).count
            #expect(count == 0)
        }
    }
}

/// The write of a value that a lease protects.
func counter(_ value: AttributeValue) -> TransactWriteItem {
    .put(Put(tableName: MiyabiTables.agentState.tableName, item: ["PK": "COUNTER", "SK": "-", "value": value]))
}

/// The value that was written last.
func value(in engine: Engine) async throws -> AttributeValue? {
    try await engine.getItem(
        GetItemInput(
            tableName: MiyabiTables.agentState.tableName, key: ["PK": "COUNTER", "SK": "-"], consistentRead: true)
    ).item?["value"]
}

/// Gives `body` an engine with Miyabi's tables.
func withTables(_ body: (Engine) async throws -> Void) async throws {
    try await withEngine { engine in
        try await MiyabiTables.createMissing(on: engine)
        try await body(engine)
    }
}

/// The engine; counts what it refuses for throughput.
private struct CountingThrottles: DynamoDBAPI {
    let engine: Engine
    let refusals: Seen<Void>

    private func counted<Output>(_ request: () async throws -> Output) async throws -> Output {
        do { return try await request() } catch let error as DynamoDBError where error.isThrottling {
            refusals.add(())
            throw error
        }
    }

    func getItem(_ input: GetItemInput) async throws -> GetItemOutput {
        try await counted { try await engine.getItem(input) }
    }
    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput {
        try await counted { try await engine.updateItem(input) }
    }
    func putItem(_ input: PutItemInput) async throws -> PutItemOutput {
        try await counted { try await engine.putItem(input) }
    }
    func query(_ input: QueryInput) async throws -> QueryOutput {
        try await counted { try await engine.query(input) }
    }
    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        try await counted { try await engine.batchWriteItem(input) }
    }
}

/// How many hold a lease now, the most at once, and how many ever did.
private final class Holders: Sendable {
    let counts = Mutex((now: 0, most: 0, all: 0))
}
