import DynamoDB
import Foundation
import MiyabiTestSupport
import Postgres
import Testing

@testable import MiyabiDatabase

/// Usage that is recorded appears as usage_event.
@Suite struct OutboxUsageTests {
    private static let ann = MeteredPlatform.ann

    private func told(_ metered: MeteredPlatform) async throws -> [Event] {
        let relay = OutboxRelay(metered.database, as: "test")
        let outbox = { try await metered.database.withSession(as: .service) { try await $0.outbox.status() } }
        while try await outbox().depth > 0 { try await relay.relay() }
        var events: [Event] = []
        for try await page in try metered.database.events.events(user: Self.ann, order: .oldestFirst) {
            events += page.events
        }
        return events
    }

    @Test func whatIsRecordedIsToldOnce() async throws {
        try await MeteredPlatform.with { metered in
            let usage = try [
                MeteredPlatform.event(.tokens, 5, at: "2025-12-01T00:00:00Z"),
                MeteredPlatform.event(.agentExecutions(of: "PR"), 2, plugin: "free", at: "2025-12-02T00:00:00Z"),
            ]
            try await metered.record(usage)
            let events = try await told(metered)
            #expect(events.map(\.type) == [.usageEvent, .usageEvent] && events.map(\.timestamp) == usage.map(\.time))
            #expect(
                events.map(\.data) == [
                    [
                        "usage_event_id": .string(usage[0].id.lowercased), "plugin_id": "pro", "metric": "tokens",
                        "quantity": 5,
                    ],
                    [
                        "usage_event_id": .string(usage[1].id.lowercased), "plugin_id": "free",
                        "metric": "agent_executions", "quantity": 2, "agent": "PR",
                    ],
                ])

            // A retry records nothing, and what is relayed again, after a crash, is there already.
            try await metered.record(usage)
            try await metered.database.postgres.executeAsOwner(
                """
                INSERT INTO outbox.usage (event_id, user_id, plugin_id, event_type, quantity, occurred_at)
                SELECT id, user_id, plugin_id, event_type, 5, created_at FROM usage_events
                """)
            #expect(try await told(metered) == events)
            // Nor are sums usage.
            try await metered.database.withSession(as: .service) {
                _ = try await $0.usage.expireRaw(before: #require(UsageMonth("2026-01")))
            }
            #expect(try await told(metered) == events)
        }
    }

    /// Plain SQL is told too, also of what the metering does not know; what no event can be is left out, and stops nothing.
    @Test func whoeverRecordsItIsTold() async throws {
        try await MeteredPlatform.with { metered in
            try await metered.database.withSession(as: .service) { relations in
                for (type, data, time) in [
                    ("page_view", #"{"path": "/"}"#, "2025-12-01"), ("tokens", #"{"increment": 3}"#, "2025-12-02"),
                    ("tokens", "{}", "0044-03-15 BC"), ("tokens", "{}", "infinity"), ("tokens", "{}", "12025-01-01"),
                    (String(repeating: "x", count: 50_000), "{}", "2025-12-03"),
                ] {
                    try await relations.connection.execute(
                        """
                        INSERT INTO usage_events (user_id, plugin_id, event_type, event_data, created_at)
                        VALUES (\(Self.ann), 'pro', \(type), \(data)::jsonb, \(time)::timestamptz)
                        """)
                }
            }
            let events = try await told(metered)
            #expect(events.map { $0.data["metric"]?.string?.prefix(9) } == ["page_view", "tokens", "xxxxxxxxx"])
            #expect(events.map { $0.data["quantity"] } == [nil, 3, nil])
        }
    }

    @Test func whatIsRolledBackIsNotTold() async throws {
        try await MeteredPlatform.with { metered in
            await #expect(throws: CancellationError.self) {
                try await metered.database.withSession(as: .service) { relations in
                    try await relations.usage.record([MeteredPlatform.event(.issues)])
                    throw CancellationError()
                }
            }
            let events = try await told(metered)
            #expect(events.isEmpty)
        }
    }

    /// Usage is not parked: what DynamoDB keeps refusing stays in PostgreSQL, and the rest is told.
    @Test func whatIsRefusedForAnUnknownReasonStopsNothing() async throws {
        try await MeteredPlatform.with { metered in
            let usage = try (0..<3).map { day in
                try MeteredPlatform.event(.tokens, 5, at: "2025-12-0\(day + 1)T00:00:00Z")
            }
            try await metered.record(usage)
            let tables = InterceptedTables(engine: metered.platform.engine) { key in
                guard key.contains("2025-12-02") else { return }
                throw DynamoDBError(code: .init(rawValue: "NewException"), message: "new")
            }
            let relay = OutboxRelay(metered.platform.with(dynamoDB: tables), as: "test", options: .init(attempts: 3))
            for depth in [1, 1, 0] {
                try await relay.relay()
                let status = try await metered.database.withSession(as: .service) { try await $0.outbox.status() }
                #expect(status.depth == depth)
            }
            let events = try await told(metered)
            #expect(events.map(\.timestamp) == [usage[0].time, usage[2].time])
        }
    }
}
