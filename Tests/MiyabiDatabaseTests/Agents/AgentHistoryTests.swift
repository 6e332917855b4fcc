import DynamoDB
import Testing

@testable import MiyabiRealtime

@Suite("AgentStateStore: history")
struct AgentHistoryTests {
    @Test("is in the order of writing, though a clock stands still and that of the next host is behind")
    func order() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            let claim = try await agents.claim("a", as: "ahead")
            for progress in 1...20 { try await agents.report(AgentReport(progress: progress), of: claim) }
            fixture.clock.advance(by: .seconds(-3600))
            let next = try await fixture.successor.claim("a", as: "behind")
            for progress in 21...40 { try await agents.report(AgentReport(progress: progress), of: next) }
            let history = try await fixture.history("a")
            #expect(history.map(\.report.progress) == [0, 0] + Array(1...40))
            #expect(Set(history.map(\.updatedAt)).count == 42)
            #expect(try await agents.current("a")?.report.progress == 40)
        }
    }

    @Test("reports at once are all kept")
    func concurrentReports() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            let claim = try await agents.claim("a", as: "host")
            _ = try await concurrently(Array(1...30), atMost: 30) {
                try await agents.report(AgentReport(progress: $0), of: claim)
            }
            let history = try await fixture.history("a")
            #expect(history.map(\.report.progress).sorted() == [0, 0] + Array(1...30))
        }
    }

    @Test("comes in pages, and goes on after any state of it")
    func pages() async throws {
        try await withAgents { fixture in
            let agents = fixture.agents
            try await agents.create("a")
            try await agents.create("b")
            let claim = try await agents.claim("a", as: "host")
            for progress in 1...9 { try await agents.report(AgentReport(progress: progress), of: claim) }
            let all = try await fixture.history("a")
            for size in [1, 4, 11, 5000] {
                var pages: [[AgentState]] = []
                for try await page in agents.history(of: "a", pageSize: size) { pages.append(page) }
                #expect(pages.flatMap { $0 } == all)
                #expect(pages.dropLast().allSatisfy { $0.count == size })
            }
            for (index, state) in all.enumerated() {
                let rest = try await agents.history(of: "a", after: state.updatedAt).reduce(into: []) { $0 += $1 }
                #expect(rest == Array(all[(index + 1)...]))
            }
            #expect(try await fixture.history("nobody").isEmpty)
        }
    }
}
