import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

private typealias Metered = MeteredPlatform

/// An event counts once, in its own month, whoever records it and however often.
@Suite struct UsageRecordTests {
    @Test func aBatchIsCountedByUserPluginMonthAndAgent() async throws {
        try await Metered.with { metered in
            let outcomes = try await metered.record([
                Metered.event(.tokens, 3_000_000_000), Metered.event(.tokens, 5), Metered.event(.issues),
                Metered.event(.agentExecutions(of: "PR"), 2), Metered.event(.agentExecutions(of: #"a "b"\c"#)),
                Metered.event(.issues, 4, of: Metered.bob), Metered.event(.issues, 7, plugin: "free"),
                Metered.event(.issues, 9, at: "2026-01-01T00:00:00Z"),
                // Still November in UTC.
                Metered.event(.issues, 11, at: "2025-12-01T08:59:59.999+09:00"),
            ])
            #expect(outcomes == Array(repeating: .recorded, count: 9))
            let totals = try await metered.totals()
            #expect(totals.map(\.pluginID) == ["free", "pro"])
            #expect(totals.map(\.issues) == [7, 1])
            #expect(totals.map(\.tokens) == [0, 3_000_000_005])
            #expect(totals.last?.agentExecutions == ["PR": 2, #"a "b"\c"#: 1])
            #expect(totals.last?[.agentExecutions] == 3)
            #expect(try await metered.totals(of: Metered.bob).map(\.issues) == [4])
            #expect(try await metered.totals(Metered.november).map(\.issues) == [11])
            #expect(try await metered.platform.count("usage_events") == 9)
            #expect(try await metered.verify().isEmpty)
            #expect(try await metered.record([]).isEmpty)
        }
    }

    @Test func anEventCountsOnce() async throws {
        try await Metered.with { metered in
            let (first, second) = (try Metered.event(.tokens, 5), try Metered.event(.agentExecutions(of: "PR")))
            #expect(try await metered.record([first, first, second]) == [.recorded, .known, .recorded])
            let late = try Metered.event(.tokens, 7, at: "2025-12-01T00:00:00Z")
            #expect(try await metered.record([second, late, first]) == [.known, .recorded, .known])
            let totals = try await metered.totals()
            #expect(totals.map(\.tokens) == [12])
            #expect(totals.map(\.agentExecutions) == [["PR": 1]])
        }
    }

    /// Another user, plugin, kind, quantity or time is another event: the batch is refused, whole.
    @Test func anIDReusedWithOtherContentsIsRefused() async throws {
        try await Metered.with { metered in
            let ids = [UUID(), UUID(), UUID(), UUID(), UUID(), UUID()].sorted { $0.uuidString < $1.uuidString }
            try await metered.record(try ids.map { try Metered.event(.tokens, 5, id: $0) })
            let others = try [
                Metered.event(.tokens, 5, id: ids[0], of: Metered.bob),
                Metered.event(.tokens, 5, id: ids[1], plugin: "free"), Metered.event(.issues, 5, id: ids[2]),
                Metered.event(.tokens, 6, id: ids[3]),
                Metered.event(.tokens, 5, id: ids[4], at: "2025-12-31T23:59:59.998Z"),
            ]
            let batch = try others + [Metered.event(.tokens, 5, id: ids[5]), Metered.event(.tokens)]
            let conflict = await #expect(throws: UsageEventConflict.self) { try await metered.record(batch) }
            #expect(conflict?.ids == Array(ids[..<5]))
            #expect(conflict?.description.contains(ids[0].uuidString.lowercased()) == true)

            // Two in one batch, neither of them known.
            let twin = UUID()
            let twins = try [Metered.event(.tokens, id: twin), Metered.event(.issues, id: twin)]
            #expect(
                await #expect(throws: UsageEventConflict.self) { try await metered.record(twins) }?.ids == [twin])
            #expect(try await metered.platform.count("usage_events") == 6)
            #expect(try await metered.totals().map(\.tokens) == [30])
        }
    }

    /// Eight writers record the same events over and over, in batches shuffled and cut anew each time.
    @Test func manyWritersCountEachEventOnceAndNeverDeadlock() async throws {
        try await Metered.with { metered in
            let events = try (0..<240).map(Self.mixedEvent)
            let recorded = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var recorded = 0
                        for _ in 0..<5 {
                            let shuffled = events.shuffled()
                            for start in stride(from: 0, to: shuffled.count, by: 40) {
                                let outcomes = try await metered.record(Array(shuffled[start..<start + 40]))
                                recorded += outcomes.count { $0 == .recorded }
                            }
                        }
                        return recorded
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(recorded == events.count)
            var counted: Int64 = 0
            for user in [Metered.ann, Metered.bob] {
                for month in [Metered.november, Metered.december] {
                    for totals in try await metered.totals(month, of: user) {
                        let own = events.filter {
                            $0.userID == user && $0.pluginID == totals.pluginID
                                && UsageMonth(containing: $0.time) == month
                        }
                        for metric in UsageMetric.allCases {
                            let quantities = own.filter { $0.kind.metric == metric }.map(\.quantity)
                            let expected = quantities.reduce(Int64(0), +)
                            #expect(totals[metric] == expected)
                            counted += expected
                        }
                    }
                }
            }
            #expect(counted == 240 * 241 / 2)
            #expect(try await metered.verify().isEmpty)
        }
    }

    /// Events of all kinds, for two users, two plugins and two months.
    private static func mixedEvent(_ number: Int) throws -> UsageEvent {
        let kinds: [UsageEvent.Kind] = [.issues, .tokens, .agentExecutions(of: "PR"), .agentExecutions(of: "Issue")]
        return try Metered.event(
            kinds[number % 4], Int64(number + 1), of: number % 3 == 0 ? Metered.bob : Metered.ann,
            plugin: number % 5 == 0 ? "free" : "pro",
            at: number % 7 == 0 ? "2025-11-30T12:00:00Z" : "2025-12-01T12:00:00Z")
    }

    /// What is undone with its transaction can be recorded again: the id goes with the count.
    @Test func anEventThatWasRolledBackCountsLater() async throws {
        try await Metered.with { metered in
            let event = try Metered.event(.tokens, 5)
            struct Undone: Error {}
            await #expect(throws: Undone.self) {
                try await metered.database.withSession(as: .service) { relations in
                    #expect(try await relations.usage.record([event]) == [.recorded])
                    throw Undone()
                }
            }
            #expect(try await metered.totals().isEmpty)
            #expect(try await metered.record([event]) == [.recorded])
        }
    }

    @Test func whatCannotBeCountedIsNoEvent() async throws {
        #expect(throws: InvalidUsageEvent.quantity(0)) { try Metered.event(.tokens, 0) }
        #expect(throws: InvalidUsageEvent.namelessAgent) { try Metered.event(.agentExecutions(of: "")) }
        #expect(UsageMonth("2025-13") == nil && UsageMonth("2025-1") == nil && UsageMonth("2025-11-01") == nil)
        #expect(Metered.november < Metered.december && Metered.november.description == "2025-11")
    }

    /// Users read their own usage and record none.
    @Test func onlyServicesRecord() async throws {
        try await Metered.with { metered in
            try await metered.record([Metered.event(.tokens, 5), Metered.event(.tokens, 6, of: Metered.bob)])
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: Metered.ann))
            let seen = try await metered.database.withSession(as: ann) { relations in
                (
                    try await relations.usage.totals(user: Metered.ann, month: Metered.december).map(\.tokens),
                    try await relations.usage.totals(user: Metered.bob, month: Metered.december).map(\.tokens)
                )
            }
            #expect(seen == ([5], []))
            let error = await #expect(throws: PostgresError.self) {
                try await metered.database.withSession(as: ann) { try await $0.usage.record([Metered.event(.tokens)]) }
            }
            #expect(error?.sqlState == PostgresSQLState.insufficientPrivilege)
        }
    }
}
