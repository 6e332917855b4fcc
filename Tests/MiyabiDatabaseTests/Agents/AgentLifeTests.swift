import DynamoDB
import Synchronization
import Testing

@testable import MiyabiRealtime

@Suite("AgentStateStore: life cycle")
struct AgentLifeTests {
    @Test("from pending through running to completed, with a history in order and an end in seven days")
    func life() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            let task = AgentReport(currentTask: "issue 7", data: ["issue": 7])
            #expect(try await agents.create("exec-12345", task))
            #expect(try await agents.create("exec-12345") == false)
            #expect(try await agents.current("exec-12345")?.status == .pending)
            let claim = try await agents.claim("exec-12345", as: "host-1")
            for progress in [10, 65, 65] {
                fixture.clock.advance(by: .seconds(1))
                try await agents.report(
                    AgentReport(currentTask: "tests", progress: progress, data: ["passed": 45]), of: claim)
            }
            #expect(try await fixture.items().allSatisfy { $0["ttl"] == nil })
            fixture.clock.advance(by: .seconds(1))
            try await agents.complete(claim)

            let history = try await fixture.history("exec-12345")
            #expect(history.map(\.status) == [.pending, .running, .running, .running, .running, .completed])
            #expect(history.map(\.report.progress) == [0, 0, 10, 65, 65, 100])
            #expect(history.map(\.fencingNumber) == [nil, 1, 1, 1, 1, 1])
            #expect(history[1].report == task)
            #expect(history == history.sorted { $0.updatedAt < $1.updatedAt })
            #expect(try await agents.current("exec-12345") == history.last)
            let expiry = fixture.clock.now + .seconds(7 * 86_400)
            #expect(history.allSatisfy { $0.expiresAt == expiry })
            let items = try await fixture.items()
            #expect(items.count == 7)
            #expect(items.allSatisfy { $0["ttl"] == .number(expiry.seconds) })

            fixture.clock.advance(by: .seconds(7 * 86_400))
            #expect(try await agents.current("exec-12345") == nil)
            #expect(try await fixture.history("exec-12345").isEmpty)
        }
    }

    @Test("items have the keys and attributes of the specification")
    func item() async throws {
        try await withAgents { fixture in
            try await fixture.agents.create(
                "exec-12345", AgentReport(currentTask: "Running test suite", progress: 65, data: ["tests_passed": 45]))
            let item = try await fixture.items().first { $0["SK"] != "CLAIM" }
            #expect(
                item == [
                    "PK": "AGENT#exec-12345", "SK": "STATE#4102444800000", "agent_id": "exec-12345",
                    "status": "pending", "current_task": "Running test suite", "progress": 65,
                    "state_data": ["tests_passed": 45], "updated_at": 4_102_444_800_000,
                ])
        }
    }

    @Test("refuses transitions that are none, and unknown agents")
    func transitions() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            func refused(_ code: AgentStateError.Code, _ body: () async throws -> Void) async throws {
                let before = try await fixture.items()
                let error = await #expect(throws: AgentStateError.self) { try await body() }
                #expect(error?.code == code)
                #expect(try await fixture.items() == before)
            }
            try await refused(.unknownAgent) { _ = try await agents.claim("nobody", as: "a") }
            for (status, other): (AgentStatus, AgentStatus) in [(.completed, .failed), (.failed, .completed)] {
                func end(_ claim: AgentClaim, _ status: AgentStatus) async throws {
                    if status == .failed {
                        try await agents.fail(claim, AgentReport(currentTask: "crashed"))
                    } else {
                        try await agents.complete(claim)
                    }
                }
                try await agents.create(status.rawValue)
                let claim = try await agents.claim(status.rawValue, as: "a")
                try await end(claim, status)
                try await refused(.illegalTransition) { try await agents.report(AgentReport(), of: claim) }
                try await refused(.illegalTransition) { try await end(claim, other) }
                try await refused(.illegalTransition) { _ = try await agents.claim(status.rawValue, as: "b") }
                let before = try await fixture.items()
                try await end(claim, status)
                #expect(try await agents.create(status.rawValue) == false)
                #expect(try await fixture.items() == before)
            }
        }
    }

    @Test("refuses bad input, and changes nothing")
    func badInput() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            let claim = try await agents.claim("a", as: "host")
            let before = try await fixture.items()
            let deep = (0..<32).reduce(AttributeValue.null) { value, _ in .list([value]) }
            let reports: [(AgentReport, AgentStateError.Code)] = [
                (AgentReport(progress: -1), .progressOutOfRange), (AgentReport(progress: 101), .progressOutOfRange),
                (AgentReport(data: ["a": .string(String(repeating: "x", count: 410_000))]), .tooLarge),
                (AgentReport(currentTask: String(repeating: "x", count: 410_000)), .tooLarge),
                (AgentReport(data: ["a": deep]), .tooDeep),
            ]
            for (report, code) in reports {
                for write in [
                    { try await agents.report(report, of: claim) }, { try await agents.complete(claim, report) },
                    { try await agents.fail(claim, report) }, { _ = try await agents.create("b", report) },
                ] {
                    let error = await #expect(throws: AgentStateError.self) { try await write() }
                    #expect(error?.code == code)
                }
            }
            for id in ["", String(repeating: "x", count: 1025)] {
                let error = await #expect(throws: AgentStateError.self) { try await agents.create(id) }
                #expect(error?.code == .invalidAgentID)
                await #expect(throws: AgentStateError.self) { try await agents.claim(id, as: "host") }
            }
            await #expect(throws: LeaseError.self) { try await agents.claim("a", as: "") }
            #expect(try await fixture.items() == before)
        }
    }

    @Test("what a crash in the middle of an end leaves, the same end or the next claim completes")
    func crashedEnd() async throws {
        struct Crash: Error {}
        try await withAgents { fixture in
            for resume in ["complete", "claim"] {
                try await fixture.agents.create(resume)
                let writes = Mutex(Int.max)
                var tables = InterceptedTables(engine: fixture.engine)
                tables.beforeWriting = { _ in
                    try writes.withLock { writes in
                        guard writes > 0 else { throw Crash() }
                        writes -= 1
                    }
                }
                let crashing = AgentStateStore(dynamoDB: tables) { [clock = fixture.clock] in clock.now }
                let claim = try await crashing.claim(resume, as: "a")
                for progress in 0..<40 { try await crashing.report(AgentReport(progress: progress), of: claim) }
                writes.withLock { $0 = 5 }
                await #expect(throws: Crash.self) { try await crashing.complete(claim) }
                let history = try await fixture.history(resume)
                #expect(history.last?.status == .completed)
                #expect(history.contains { $0.expiresAt == nil })
                if resume == "complete" {
                    try await fixture.agents.complete(claim)
                } else {
                    await #expect(throws: AgentStateError.self) { try await fixture.agents.claim(resume, as: "b") }
                }
                let ended = try await fixture.history(resume)
                #expect(ended.count == history.count)
                #expect(ended.allSatisfy { $0.expiresAt == history.last?.expiresAt })
            }
        }
    }
}
