import Postgres
import Testing

private let owner = AccessFixture.owner

/// What version 8 lost or counted twice, and the newest does not: the evidence that 009's comment speaks of. What is more
/// than SQL is tested with the store, in Tests/MiyabiDatabaseTests/Metering.
@Suite struct MeteringTests {
    private static let id = "0e000000-0000-4000-8000-000000000001"
    private static let tokens = "SELECT period || ' ' || tokens FROM usage_aggregates ORDER BY period"
    private static let removal = "DELETE FROM usage_events WHERE id = '\(id)'"

    @Test func versionEightForgetsWhatIsRemoved() async throws {
        try await SchemaDatabase.with(version: 8) { database in
            try await database.script(AccessFixture.sql)
            let event = { (time: String) in
                "SELECT record_usage_event('\(Self.id)', '\(owner)', 'owners', 'tokens', 5, '{}', '\(time)')::text"
            }
            try await database.expect(event("2025-12-01"), gives: ["true"])
            try await database.expect(event("2026-01-01"), gives: ["false"])
            try await database.script(Self.removal)
            try await database.expect(event("2025-12-01"), gives: ["true"])
            try await database.expect(Self.tokens, gives: ["2025-11 5", "2025-12 10"])
        }
    }

    @Test func anIDIsKnownForEverAndStandsForItsTime() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            let event = { (time: String) in
                "SELECT record_usage_event('\(Self.id)', '\(owner)', 'owners', 'tokens', 5, '\(time)')::text"
            }
            try await database.expect(event("2025-12-01"), gives: ["true"])
            try await database.expect(.failed("23505"), event("2026-01-01"), as: .service)
            try await database.script("SELECT expire_usage_events('2026-01'); \(Self.removal)")
            try await database.expect(event("2025-12-01"), gives: ["false"])
            try await database.expect(Self.tokens, gives: ["2025-11 5", "2025-12 5"])
        }
    }

    /// An increment without an id leaves a raw event too, in the month that was named.
    @Test func everyCounterHasItsEvents() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            for month in ["2025-12", "2999-02"] {
                _ = try await database.strings(
                    "SELECT increment_usage('\(owner)', 'owners', '\(month)', 'tokens', 7)::text")
                _ = try await database.strings(
                    "SELECT increment_agent_execution('\(owner)', 'owners', '\(month)', 'PR')::text")
            }
            try await database.expectCount(5, "FROM usage_events")
            try await database.expect(
                "SELECT DISTINCT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM') FROM usage_events ORDER BY 1",
                gives: ["2025-11", "2025-12", "2999-02"])
            try await database.expectCount(0, "FROM verify_usage()")
        }
    }

    /// What was billed before the migration stands, and what was recorded before it is known after it.
    @Test func theMigrationKeepsRollupsAndIDs() async throws {
        try await SchemaDatabase.with(version: 8) { database in
            try await database.script(
                """
                \(AccessFixture.sql)
                SELECT record_usage_event('\(Self.id)', '\(owner)', 'owners', 'tokens', 5, '{}', '2025-12-01');
                SELECT increment_usage('\(owner)', 'owners', '2025-12', 'tokens', 30);
                SELECT increment_agent_execution('\(owner)', 'owners', '2025-12', 'PR');
                """)
            let rollups = try await database.strings("SELECT a::text FROM usage_aggregates AS a ORDER BY period")
            try await database.transaction(MigrationScript.all[8].up)
            try await database.expectCount(0, "FROM verify_usage()")
            try await database.expect("SELECT a::text FROM usage_aggregates AS a ORDER BY period", gives: rollups)
            try await database.expect(
                "SELECT record_usage_event('\(Self.id)', '\(owner)', 'owners', 'tokens', 5, '2025-12-01')::text",
                gives: ["false"])
            // What stands for billed usage without raw events is no raw event that could expire.
            try await database.expect("SELECT expire_usage_events('2026-01')::text", gives: ["2"])
            try await database.expectCount(0, "FROM verify_usage()")
        }
    }

    /// Without the ids of expired events, version 8 would count them again.
    @Test func itDoesNotRevertOverExpiredEvents() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.script(
                """
                SELECT record_usage_event('\(Self.id)', '\(owner)', 'owners', 'tokens', 5, '2025-12-01');
                SELECT expire_usage_events('2026-01');
                """)
            let error = await #expect(throws: PostgresError.self) {
                try await database.transaction(MigrationScript.all[8].down)
            }
            #expect(error?.sqlState == "55000")
            try await database.expectCount(1, "FROM metering.usage_event_ids")
        }
    }
}
