import Testing

private let owner = AccessFixture.owner

/// The faults of the specification's DDL are real at version 3, and mended at the newest: the evidence that the migrations'
/// comments speak of.
@Suite(.serialized) struct FaultTests {
    /// What a statement does at version 3, and what it does now.
    struct Fault {
        let name: String
        let identity: Identity
        let sql: String
        var setup: String?
        let before: Outcome
        let now: Outcome
    }

    static let faults = [
        Fault(
            name: "1: a policy on users that reads users recurses", identity: .owner, sql: "SELECT FROM users",
            before: .failed("42P17"), now: .rows(1)),
        Fault(
            name: "2: a policy without a role lets anyone insert", identity: .anon,
            sql: """
                INSERT INTO subscriptions (user_id, plugin_id, tier, license_key, status)
                VALUES ('\(owner)', 'another', 'enterprise', 'free', 'active')
                """,
            before: .rows(1), now: .denied),
        Fault(
            name: "3: a user can become admin", identity: .owner, sql: "UPDATE users SET role = 'admin'",
            before: .rows(1), now: .denied),
        Fault(
            name: "5: a GitHub id outgrows INTEGER", identity: .service,
            sql: "INSERT INTO web_users (github_id, github_username) VALUES (3000000000, 'u')",
            before: .failed("22003"), now: .rows(1)),
        Fault(
            name: "7: an unknown metric is ignored", identity: .service,
            sql: "SELECT increment_usage('\(owner)', 'owners', '2025-12', 'tokns', 5)",
            before: .rows(1), now: .failed("22023")),
        Fault(
            name: "7: a NULL increment erases the counter", identity: .service,
            sql: "SELECT increment_usage('\(owner)', 'owners', '2025-11', 'tokens', NULL)",
            before: .rows(1), now: .failed("22023")),
        Fault(
            name: "auth.uid() fails in a session that had claims before", identity: .owner,
            sql: "SELECT FROM subscriptions",
            setup: "SET LOCAL request.jwt.claims = ''", before: .failed("22P02"), now: .rows(0)),
        Fault(
            name: "anyone may meter", identity: .anon,
            sql: "SELECT FROM pg_proc WHERE proname = 'increment_usage' AND has_function_privilege(oid, 'EXECUTE')",
            before: .rows(1), now: .rows(0)),
        Fault(
            name: "a NULL role passes the CHECK", identity: .service,
            sql: "INSERT INTO users (email, role) VALUES ('a@b', NULL)",
            before: .rows(1), now: .failed("23502")),
        Fault(
            name: "one address is two accounts", identity: .service,
            sql: "INSERT INTO users (email) VALUES ('OWNER@example.com')", before: .rows(1), now: .failed("23505")),
    ]

    @Test func eachIsRealAtVersionThreeAndGoneNow() async throws {
        try await SchemaDatabase.with(version: 3) { database in
            try await database.script(AccessFixture.sql + Self.openToService)
            for fault in Self.faults {
                try await database.expect(fault.before, fault.sql, as: fault.identity, setup: fault.setup)
            }
        }
        try await SchemaDatabase.withFixture { database in
            for fault in Self.faults {
                try await database.expect(fault.now, fault.sql, as: fault.identity, setup: fault.setup)
            }
        }
    }

    /// At version 3 service_role has policies on no table; where the server grants no BYPASSRLS, these let it in.
    private static let openToService = """
        CREATE POLICY test_service ON users TO service_role USING (true);
        CREATE POLICY test_service ON web_users TO service_role USING (true);
        CREATE POLICY test_service ON usage_aggregates TO service_role USING (true);
        """

    /// Fault 4: at version 3 the claims are read for every row that is scanned.
    @Test func theClaimsAreReadOnce() async throws {
        let scan =
            "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off"
        let read = { (plan: [String]) in plan.contains { $0.contains("Filter") && $0.contains("current_setting") } }
        try await SchemaDatabase.with(version: 3) { database in
            let plan = try await database.plan("SELECT FROM subscriptions", as: .owner, setup: scan)
            #expect(read(plan), "\(plan)")
        }
        try await SchemaDatabase.withFixture { database in
            let plan = try await database.plan("SELECT FROM subscriptions", as: .owner, setup: scan)
            #expect(!read(plan), "\(plan)")
        }
    }

    /// Fault 5: at version 3 one instant is two times, by the time zones of those who wrote it.
    @Test(arguments: [(3, 2), (MigrationScript.latest, 1)])
    func oneInstantIsOneTime(_ version: Int, _ times: Int) async throws {
        try await SchemaDatabase.with(version: version) { database in
            try await database.transaction(
                """
                SET LOCAL TimeZone = 'UTC';
                INSERT INTO web_users (github_id, github_username) VALUES (1, 'a');
                SET LOCAL TimeZone = 'Asia/Tokyo';
                INSERT INTO web_users (github_id, github_username) VALUES (2, 'b');
                """)
            #expect(
                try await database.strings("SELECT count(DISTINCT created_at)::text FROM web_users") == ["\(times)"])
        }
    }

    /// Fault 8: rows of one instant straddle a page; the cursor (created_at, id) shows each once.
    @Test func aPageLosesNoRow() async throws {
        try await SchemaDatabase.with(version: MigrationScript.latest) { database in
            try await database.script(
                """
                \(AccessFixture.sql)
                INSERT INTO line_messages (line_user_id, message_type) SELECT 'U1', 'text' FROM generate_series(1, 9)
                """)
            let page = { (condition: String) in
                """
                SELECT id::text FROM line_messages WHERE \(condition) ORDER BY created_at DESC, id DESC LIMIT 4
                """
            }
            var seen = try await database.strings(page("true"))
            let first = try #require(seen.last)
            let lossy = "created_at < (SELECT created_at FROM line_messages WHERE id = '\(first)')"
            #expect(try await database.strings(page(lossy)).count < 4)
            while seen.count < 10, let last = seen.last {
                let cursor = "(created_at, id) < (SELECT created_at, id FROM line_messages WHERE id = '\(last)')"
                let next = try await database.strings(page(cursor))
                guard !next.isEmpty else { break }
                seen += next
            }
            #expect(Set(seen).count == 10)
        }
    }
}
