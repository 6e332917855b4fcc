import Postgres
import Testing

private let owner = AccessFixture.owner

/// What limits usage is a number: an author who writes something else stops nobody's metering.
@Suite struct LimitationTests {
    @Test(arguments: [
        (#"{"issues_per_month": "unlimited"}"#, false), (#"{"tokens_per_month": "50"}"#, false),
        (#"{"agent_executions_per_month": [1]}"#, false), (#"{"tokens_per_month": {}}"#, false),
        (#"{"tokens_per_month": true}"#, false), (#"{"tokens_per_month": -1}"#, false),
        (#"{"tokens_per_month": 1.5}"#, false), (#"{"tokens_per_month": 1.0}"#, false),
        (#"{"tokens_per_month": 9223372036854775808}"#, false), (#"{"tokens_per_month": 1e400}"#, false),
        (#"{"tokens_per_month": 9223372036854775807}"#, true), (#"{"tokens_per_month": 0}"#, true),
        (#"{"tokens_per_month": 1e3}"#, true), (#"{"tokens_per_month": null}"#, true),
        (#"{"messages_per_day": "unlimited"}"#, true), ("{}", true),
    ])
    func aLimitIsAWholeNumberOrNull(_ limitations: String, _ isAccepted: Bool) async throws {
        try await SchemaDatabase.withFixture { database in
            let expected = isAccepted ? Outcome.rows(1) : .failed("23514")
            let plugin = "UPDATE plugins SET limitations = '\(limitations)' WHERE id = 'owners'"
            try await database.expect(expected, plugin, as: .owner)
            try await database.expect(expected, plugin, as: .admin)
            let license = "UPDATE licenses SET limitations = '\(limitations)'"
            try await database.expect(expected, license, as: .service)
        }
    }

    /// Whatever came past the schema, as by a restore of older rows.
    @Test func whatIsNoNumberLimitsNothing() async throws {
        let past = """
            ALTER TABLE plugins DROP CONSTRAINT plugins_limits_are_numbers;
            UPDATE plugins SET limitations =
              '{"issues_per_month": "unlimited", "tokens_per_month": 1.0, "agent_executions_per_month": 2, "a": "b"}';
            """
        try await SchemaDatabase.withFixture { database in
            let read = """
                SELECT WHERE usage_limitations('\(owner)', 'another') = '{"agent_executions_per_month": 2, "a": "b"}'
                """
            try await database.expect(.rows(1), read, as: .owner, after: past)
            let record = { (quantity: Int, metric: String) in
                """
                SELECT record_usage_events(ARRAY[gen_random_uuid()], ARRAY['\(owner)'::uuid], '{another}', '{\(metric)}',
                  '{\(quantity)}', ARRAY[now()], ARRAY['{"agent": "PR"}'::jsonb], true)
                """
            }
            try await database.expect(.rows(1), record(9, "issues"), as: .service, after: past)
            try await database.expect(.rows(1), record(2, "agent_executions"), as: .service, after: past)
            try await database.expect(.failed("UQ001"), record(3, "agent_executions"), as: .service, after: past)
        }
    }

    /// A row of any other kind may hold anything.
    @Test(arguments: [
        ("tokens", #"{"increment": "5"}"#, false), ("issues", #"{"increment": -1}"#, false),
        ("tokens", #"{"increment": 5}"#, true), ("tokens", "{}", true), ("page_view", #"{"increment": "x"}"#, true),
    ])
    func whatIsCountedIsANumber(_ metric: String, _ data: String, _ isAccepted: Bool) async throws {
        try await SchemaDatabase.withFixture { database in
            let insert = """
                INSERT INTO usage_events (user_id, plugin_id, event_type, event_data)
                VALUES ('\(owner)', 'owners', '\(metric)', '\(data)')
                """
            try await database.expect(isAccepted ? .rows(1) : .failed("23514"), insert, as: .service)
        }
    }

    /// Limits that are there are read as they were meant, and stop no migration.
    @Test func theMigrationMendsWhatIsThere() async throws {
        let migration = try #require(MigrationScript.all.first { $0.name.hasSuffix("_limitations") })
        try await SchemaDatabase.with(version: migration.version - 1) { database in
            try await database.script(
                """
                \(AccessFixture.sql)
                UPDATE plugins SET limitations = '{"issues_per_month": "unlimited", "tokens_per_month": " 50",
                  "agent_executions_per_month": -3, "a": "unlimited"}' WHERE id = 'owners';
                UPDATE plugins SET limitations = '{"issues_per_month": 10.5, "tokens_per_month": 1e30,
                  "agent_executions_per_month": null}' WHERE id = 'another';
                UPDATE licenses SET limitations = '{"issues_per_month": {}, "tokens_per_month": 7}';
                """)
            try await database.transaction(migration.up)
            try await database.expect(
                "SELECT limitations::text FROM plugins ORDER BY id DESC",
                gives: [
                    #"{"a": "unlimited", "tokens_per_month": 50, "agent_executions_per_month": 0}"#,
                    #"{"issues_per_month": 10, "agent_executions_per_month": null}"#,
                ])
            try await database.expect(
                "SELECT limitations::text FROM licenses", gives: [#"{"tokens_per_month": 7}"#])
        }
    }
}
