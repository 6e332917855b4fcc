import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// What was recorded is there for its user to read.
@Suite struct UsageListTests {
    private func list(
        _ selection: UsageStore.Selection, _ metered: MeteredPlatform, as role: PostgresSessionRole
    ) async throws -> [UsageRecord] {
        try await metered.database.withSession(as: role) { try await $0.usage.list(selection).rows }
    }

    @Test func usersSeeWhatTheyAreBilledFor() async throws {
        try await MeteredPlatform.with { metered in
            let (annID, bobID) = (MeteredPlatform.ann, MeteredPlatform.bob)
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: annID))
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: bobID))
            let events = try [
                MeteredPlatform.event(.tokens, 5, at: "2025-12-03T00:00:00Z"),
                MeteredPlatform.event(.agentExecutions(of: "PR"), 2, plugin: "free", at: "2025-12-02T00:00:00Z"),
                MeteredPlatform.event(.tokens, 7, at: "2025-12-01T00:00:00Z"),
            ]
            try await metered.record(events + [MeteredPlatform.event(.issues, of: bobID)])
            let own = try await list(.user(annID), metered, as: ann)
            #expect(own.map(\.id) == events.map(\.id) && own.map { Timestamp($0.time) } == events.map(\.time))
            #expect(own.map(\.quantity) == [5, 2, 7] && own.map(\.agent) == [nil, "PR", nil])
            #expect(own.map(\.metric) == [.tokens, .agentExecutions, .tokens] && own.allSatisfy { $0.events == 1 })
            #expect(try await list(.user(annID, plugin: "free"), metered, as: ann) == [own[1]])
            #expect(try await list(.metric(.tokens), metered, as: ann) == [own[0], own[2]])
            #expect(try await list(.plugin("pro"), metered, as: ann) == [own[0], own[2]])
            #expect(try await list(.user(annID), metered, as: bob).isEmpty)
            #expect(try await list(.plugin("pro"), metered, as: .service).count == 3)
            await #expect(throws: PostgresError.self) { try await list(.user(annID), metered, as: .anonymous) }

            let totals = try await metered.database.withSession(as: .service) {
                try await $0.usage.totals(users: [annID, bobID], month: MeteredPlatform.december)
            }
            #expect(totals[annID]?.map(\.tokens) == [0, 12] && totals[bobID]?.map(\.issues) == [1])

            // What expired is there as sums.
            try await metered.database.withSession(as: .service) { relations in
                try await relations.usage.expireRaw(before: #require(UsageMonth("2026-01")))
                try await relations.connection.execute(
                    """
                    INSERT INTO usage_events (user_id, plugin_id, event_type, event_data, created_at)
                    VALUES (\(annID), 'pro', 'elsewhere', '{"increment": "many", "events": []}', '2025-12-02Z')
                    """)
            }
            let sums = try await list(.user(annID, plugin: "pro"), metered, as: ann)
            #expect(sums.map(\.metric) == [nil, .tokens] && sums.map(\.quantity) == [0, 12])
            #expect(sums.map(\.events) == [1, 2])
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            let user = try #require(UUID(uuidString: "10000000-0000-4000-8000-000000000007"))
            let month = try #require(UsageMonth("2025-01"))
            try await insertMany(
                into: ["usage_events", "usage_aggregates"], platform.configuration,
                """
                INSERT INTO usage_events (id, user_id, plugin_id, event_type, event_data, created_at)
                SELECT \(unsafeSQL: numberedID(2)), \(unsafeSQL: numberedID(1, "n % 500")), 'plugin-' || n % 1500 / 500,
                  (ARRAY['issues', 'tokens', 'agent_executions'])[n / 1500 % 3 + 1], '{"increment": 1}',
                  timestamptz '2025-01-01' + n / 10 * interval '1 second'
                FROM generate_series(1, 300000) n
                """,
                """
                INSERT INTO usage_aggregates (id, user_id, plugin_id, period)
                SELECT \(unsafeSQL: numberedID(3, "n * 12 + m")), \(unsafeSQL: numberedID(1)), 'plugin-1', '2025-' || lpad(m::text, 2, '0')
                FROM generate_series(1, 5000) n, generate_series(1, 12) m
                """)
            try await withPlans(platform.configuration) { database, plans in
                let expected: [(UsageStore.Selection, String)] = [
                    (.user(user), "idx_usage_events_user_created_at_id"),
                    (.user(user, plugin: "plugin-1"), "idx_usage_events_user_plugin_created_at_id"),
                    (.plugin("plugin-1"), "idx_usage_events_plugin_created_at_id"),
                    (.metric(.tokens), "idx_usage_events_type_created_at_id"),
                ]
                for (selection, index) in expected {
                    try await plans.expect(index, of: database) { try await $0.usage.list(selection, after: $1) }
                }
                let totals = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.usage.totals(user: user, month: month) }
                }
                #expect(totals.result.count == 1)
                #expect(totals.text.contains("Index") && !totals.text.contains("Seq Scan"), "\(totals.text)")
            }
        }
    }
}
