import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

private typealias Metered = MeteredPlatform

/// SUM(raw) = rollup: proved, repaired, and still true when raw events have expired.
@Suite struct UsageVerifyTests {
    private static let events: [UsageEvent] = {
        do {
            return try [
                Metered.event(.tokens, 5), Metered.event(.tokens, 6), Metered.event(.agentExecutions(of: "PR"), 2),
                Metered.event(.issues, 3, at: "2025-11-30T23:59:59Z"),
            ]
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    @Test func differencesAreFoundAndRepaired() async throws {
        try await Metered.with { metered in
            try await metered.record(Self.events)
            try await metered.database.postgres.withSession(as: .service) { db in
                try await db.execute(
                    "UPDATE usage_aggregates SET tokens = 1, agent_executions = '{\"X\": 7}' WHERE period = '2025-12'")
                try await db.execute("DELETE FROM usage_aggregates WHERE period = '2025-11'")
            }
            let found = try await metered.verify()
            #expect(found.map(\.month.description) == ["2025-11", "2025-12", "2025-12", "2025-12"])
            #expect(found.map(\.metric) == [.issues, .agentExecutions, .agentExecutions, .tokens])
            #expect(found.map(\.agent) == [nil, "PR", "X", nil])
            #expect(found.map(\.raw) == [3, 2, 0, 11])
            #expect(found.map(\.rollup) == [0, 0, 7, 1])

            let repair = { (month: UsageMonth?) in
                try await metered.database.withSession(as: .service) { try await $0.usage.repair(month: month) }
            }
            #expect(try await repair(Metered.november) == Array(found[..<1]))
            #expect(try await metered.verify() == Array(found[1...]))
            #expect(try await repair(nil) == Array(found[1...]))
            #expect(try await metered.verify().isEmpty)
            #expect(try await repair(nil).isEmpty)
            let december = try await metered.totals()
            #expect(december.map(\.tokens) == [11] && december.map(\.agentExecutions) == [["PR": 2]])
        }
    }

    @Test func expiredEventsStayCountedAndKnown() async throws {
        try await Metered.with { metered in
            try await metered.record(Self.events)
            let expire = { (month: UsageMonth) in
                try await metered.database.withSession(as: .service) { try await $0.usage.expireRaw(before: month) }
            }
            #expect(try await expire(Metered.december) == 1)
            #expect(try await expire(UsageMonth("2026-01")!) == 3)
            #expect(try await expire(UsageMonth("2026-01")!) == 0)
            // One for each month, metric and agent.
            #expect(try await metered.platform.count("usage_events") == 3)

            #expect(try await metered.record(Self.events) == Array(repeating: .known, count: 4))
            let impostor = try Metered.event(.tokens, 9, id: Self.events[0].id)
            await #expect(throws: UsageEventConflict.self) { try await metered.record([impostor]) }

            // A late event of an expired month counts, and neither expiry nor repair lowers what was billed.
            try await metered.record([Metered.event(.tokens, 100)])
            #expect(try await expire(UsageMonth("2026-01")!) == 1)
            #expect(try await metered.verify().isEmpty)
            try await metered.database.postgres.withSession(as: .service) { db in
                try await db.execute("UPDATE usage_aggregates SET tokens = 0")
            }
            _ = try await metered.database.withSession(as: .service) { try await $0.usage.repair() }
            #expect(try await metered.totals().map(\.tokens) == [111])
        }
    }

    /// Writers go on while rollups are spoiled and repaired over and over; at the end every event is counted once.
    @Test func repairingWhileOthersRecordLosesNothing() async throws {
        try await Metered.with { metered in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<40 { try await metered.record([Metered.event(.tokens)]) }
                    }
                }
                group.addTask {
                    for _ in 0..<15 {
                        _ = try await metered.database.withSession(as: .service) { relations in
                            try await relations.connection.execute("UPDATE usage_aggregates SET tokens = tokens + 1000")
                        }
                        _ = try await metered.database.withSession(as: .service) { try await $0.usage.repair() }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await metered.totals().map(\.tokens) == [80])
            #expect(try await metered.verify().isEmpty)
        }
    }
}
