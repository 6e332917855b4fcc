import DynamoDB
import Synchronization
import Testing

@testable import MiyabiRealtime

@Suite("AgentStateStore: claims")
struct AgentClaimTests {
    @Test("a paused holder that wakes up after a takeover changes nothing")
    func pausedHolder() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            let old = try await agents.claim("a", as: "sleeper")
            try await agents.report(AgentReport(currentTask: "before", progress: 40), of: old)
            let new = try await fixture.successor.claim("a", as: "successor")
            #expect(new.lease.fencingNumber == 2)
            try await agents.report(AgentReport(currentTask: "after", progress: 50), of: new)
            let before = try await fixture.items()
            for write in [
                { try await agents.report(AgentReport(currentTask: "stale", progress: 99), of: old) },
                { try await agents.complete(old) }, { try await agents.fail(old, AgentReport()) },
                { try await agents.heartbeat(old) }, { try await agents.release(old) },
            ] {
                await #expect(throws: LeaseLost(old.lease)) { try await write() }
            }
            #expect(try await fixture.items() == before)
            try await agents.complete(new)
            await #expect(throws: LeaseLost(old.lease)) { try await agents.report(AgentReport(), of: old) }
            #expect(try await fixture.history("a").map(\.fencingNumber) == [nil, 1, 1, 2, 2])
        }
    }

    @Test("one of many claims it, and the others when it has been given back")
    func contenders() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            let holders = Mutex((now: 0, most: 0))
            let fencingNumbers = try await concurrently(Array(0..<20), atMost: 20) { number in
                try await agents.withClaim("a", as: "\(number)", for: .seconds(3600)) { claim in
                    holders.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                    try await agents.report(AgentReport(progress: number), of: claim)
                    holders.withLock { $0.now -= 1 }
                    return claim.lease.fencingNumber
                }
            }
            #expect(fencingNumbers.sorted() == Array(1...20))
            #expect(holders.withLock { $0.most } == 1)
            let history = try await fixture.history("a")
            #expect(history.compactMap(\.fencingNumber) == [1] + Array(1...20))
        }
    }

    @Test("losing the claim cancels the work")
    func lost() async throws {
        try await withAgents { fixture in
            try await fixture.agents.create("a")
            let (successor, clock) = (fixture.successor, fixture.clock)
            let agents = AgentStateStore(
                dynamoDB: fixture.engine, clock: { clock.now },
                pacing: HostClock().pacing { duration in
                    if duration == LockTests.limit { try await sleepUntilCancelled() }
                    let claim = try await successor.claim("a", as: "successor")
                    try await successor.report(AgentReport(currentTask: "taken over"), of: claim)
                })
            await #expect(throws: LeaseLost.self) {
                try await agents.withClaim("a", as: "a") { claim in
                    do { try await sleepUntilCancelled() } catch is CancellationError {
                        try await agents.complete(claim)
                    }
                }
            }
            let state = try await agents.current("a")
            #expect(state?.status == .running)
            #expect(state?.report.currentTask == "taken over")
        }
    }

    @Test("work that ends the agent gives back the claim with it, and its result is returned")
    func ended() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            let result = try await agents.withClaim("a", as: "host") { claim in
                try await agents.complete(claim)
                return 7
            }
            #expect(result == 7)
            #expect(try await agents.current("a")?.status == .completed)
            #expect(try await fixture.items().allSatisfy { $0["owner"] == nil && $0["lease_id"] == nil })
        }
    }

    @Test("a write that meets another transaction on the agent is repeated")
    func conflicts() async throws {
        try await withAgents { fixture in
            try await fixture.agents.create("a")
            let claim = try await fixture.agents.claim("a", as: "host")
            let conflict = DynamoDBError(
                code: .transactionCanceledException, message: "cancelled",
                cancellationReasons: [
                    CancellationReason(code: "TransactionConflict"), CancellationReason(code: "None"),
                ])
            let refusal = DynamoDBError(
                code: .transactionCanceledException, message: "cancelled",
                cancellationReasons: [CancellationReason(code: "None"), CancellationReason(code: "ValidationError")])
            for (error, failures, succeeds) in [(conflict, 3, true), (conflict, 10, false), (refusal, 1, false)] {
                let left = Mutex(failures)
                var tables = InterceptedTables(engine: fixture.engine)
                tables.beforeWriting = { _ in
                    try left.withLock { left in
                        guard left > 0 else { return }
                        left -= 1
                        throw error
                    }
                }
                let agents = AgentStateStore(
                    dynamoDB: tables, clock: { [clock = fixture.clock] in clock.now }, pacing: HostClock().pacing())
                if succeeds {
                    try await agents.report(AgentReport(), of: claim)
                } else {
                    await #expect(throws: DynamoDBError.self) { try await agents.report(AgentReport(), of: claim) }
                }
                #expect(left.withLock { $0 } == 0)
            }
        }
    }
}
