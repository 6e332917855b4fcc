import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Postgres

@Suite struct SessionTests {
    private struct Stop: Error {}
    private static let role = PostgresSessionRole(
        "pg_monitor", settings: ["request.jwt.claims": #"{"sub":"it's \me"}"#, "statement_timeout": "600s"])
    private static let identity: PostgresQuery =
        "SELECT current_user::text, coalesce(current_setting('request.jwt.claims', true), ''), current_setting('statement_timeout')"

    /// Gives `body` a pool of one connection, and checks that nothing of a session is left for its next user.
    private func leavesNothing(
        _ function: String = #function, _ body: (PostgresPool) async throws -> Void
    ) async throws {
        try await withDatabase(named: function) { configuration in
            let pool = PostgresPool(patient(configuration, maximumConnections: 1))
            try await body(pool)
            let next = try await pool.query(Self.identity).decode((String, String, String).self)
            #expect(next.map { "\($0)" } == [#"("postgres", "", "0")"#])
            #expect(pool.statistics.inUse == 0)
            await pool.close()
        }
    }

    @Test func actsAsTheRoleWithItsSettings() async throws {
        try await leavesNothing { pool in
            let identity = try await pool.withSession(as: Self.role) { db in
                try await db.query(Self.identity).decode((String, String, String).self)
            }
            #expect(identity.map { "\($0)" } == [#"("pg_monitor", "{\"sub\":\"it\'s \\me\"}", "10min")"#])
        }
    }

    /// The connection has been through a session and back without being reset: what it prepared is still there.
    @Test func aSessionCostsNoResetAndNoRoundTripOfItsOwn() async throws {
        let frame = try TransactionFrame(level: 1, isolation: .serializable, isReadOnly: true, role: Self.role)
        #expect(
            frame.begin == """
                BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY; SELECT pg_catalog.set_config('request.jwt.claims', \
                E'{"sub":"it''s \\\\me"}', true), pg_catalog.set_config('statement_timeout', '600s', true); \
                SET LOCAL ROLE "pg_monitor"
                """)
        try await leavesNothing { pool in
            for _ in 0..<3 { try await pool.withSession(as: Self.role) { try await $0.execute("SELECT 1 AS one") } }
            let prepared = try await pool.query(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT 1 AS one'"
            ).decode(Int.self)
            #expect(prepared == [1])
        }
    }

    @Test func afterAnErrorInTheBody() async throws {
        try await leavesNothing { pool in
            await #expect(throws: Stop.self) {
                try await pool.withSession(as: Self.role) { db in
                    try await db.execute("SELECT 1")
                    throw Stop()
                }
            }
        }
    }

    @Test func afterAFailedStatementAndACommitThatRollsBack() async throws {
        try await leavesNothing { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withSession(as: Self.role) { db in
                    await #expect(throws: PostgresError.self) { try await db.execute("SELECT 1/0") }
                }
            }
            #expect(error.code == .commitRolledBack)
        }
    }

    @Test func afterACancellation() async throws {
        try await leavesNothing { pool in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await pool.withSession(as: Self.role) { db in
                    begin.finish()
                    try await db.execute("SELECT pg_sleep(600)")
                }
            }
            for await _ in begun {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    /// The backend dies in the session: there is nothing to roll back on, and the connection is not used again.
    @Test func afterAFailedRollback() async throws {
        try await leavesNothing { pool in
            await #expect(throws: Stop.self) {
                try await pool.withSession(as: Self.role) { db in
                    #expect(kill(db.backendProcessID, SIGTERM) == 0)
                    while !db.isClosed { await Task.yield() }
                    throw Stop()
                }
            }
        }
    }

    @Test func afterARoleThatDoesNotExist() async throws {
        try await leavesNothing { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withSession(as: PostgresSessionRole("nobody", settings: ["request.jwt.claims": "x"])) {
                    try await $0.execute("SELECT 1")
                }
            }
            #expect(error.sqlState == "22023")
            try await pool.withConnection { #expect($0.wire.status.load(ordering: .relaxed) == .idle) }
        }
    }

    @Test(arguments: [
        "SET ROLE postgres", "RESET ROLE", "SET LOCAL ROLE none", "SET SESSION AUTHORIZATION DEFAULT", "RESET ALL",
        "COMMIT", "ROLLBACK", "END", "/**/ RESET ROLE", "DO $$ BEGIN RESET ROLE; END $$", "DISCARD ALL",
        "SELECT set_config('role', 'none', true)", "CREATE FUNCTION f() RETURNS int RETURN 1",
        "PREPARE TRANSACTION 'x'",
    ])
    func whatCouldEscapeIsNotSent(_ sql: String) async throws {
        try await leavesNothing("\(#function)") { pool in
            let user = try await pool.withSession(as: Self.role) { db in
                try await expectMisuse { try await db.execute(PostgresQuery(unsafeSQL: sql)) }
                try await expectMisuse { try await db.executeScript(sql) }
                try await expectMisuse { try await db.withRows(of: PostgresQuery(unsafeSQL: sql)) { _ in } }
                try await expectMisuse { try await db.copyIn(sql) { _ in } }
                try await expectMisuse { try await db.copyOut(sql) { _ in } }
                // Nor when it has been seen before.
                for _ in 0..<3 {
                    try await expectMisuse { try await db.pipeline(["SELECT 1", PostgresQuery(unsafeSQL: sql)]) }
                }
                try await expectMisuse { try await db.withNotifications(on: "channel") { _ in } }
                // The session is none the worse for it, and savepoints work.
                try await db.withTransaction { try await $0.execute("SELECT 1") }
                return try await db.query("SELECT current_user::text").decode(String.self)
            }
            #expect(user == ["pg_monitor"])
            // Outside a session the same statements are anybody's.
            try await pool.execute("RESET ROLE")
        }
    }

    private func expectMisuse(_ attempt: () async throws -> Any) async throws {
        do {
            _ = try await attempt()
            Issue.record("it was sent")
        } catch let error as PostgresError {
            #expect(error.code == .sessionMisuse)
        }
    }

    /// What the text of a statement does not show is not seen; what the login may not do the server refuses all the same.
    @Test func theLoginIsTheLimit() async throws {
        try await withTestConnection { admin in
            try await admin.executeScript(
                """
                CREATE FUNCTION escape(r text) RETURNS text LANGUAGE plpgsql
                AS $$ BEGIN PERFORM set_config('role', r, true); RETURN current_user; END $$;
                DO $$ BEGIN CREATE ROLE session_login LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                GRANT pg_monitor TO session_login;
                """)
            let name = try await admin.query("SELECT current_database()::text").decode(String.self)[0]
            let login = try await TestCluster.shared.configuration(database: name)
                .with("user", "session_login").with("password", "x")
            let pool = PostgresPool(patient(login, maximumConnections: 1))
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withSession(as: Self.role) { try await $0.execute("SELECT escape('postgres')") }
            }
            #expect(error.sqlState == PostgresSQLState.insufficientPrivilege)
            let escaped = try await pool.withSession(as: Self.role) {
                try await $0.query("SELECT escape('none')").decode(String.self)
            }
            #expect(escaped == ["session_login"])
            // Even that ends with the transaction.
            #expect(try await pool.query("SELECT current_setting('role')").decode(String.self) == ["none"])
            await pool.close()
        }
    }
}
