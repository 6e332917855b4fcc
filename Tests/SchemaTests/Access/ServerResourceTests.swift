import Testing

/// What a session could take from everybody else on the server: locks, temporary tables, large objects.
@Suite(.serialized) struct ServerResourceTests {
    private static let tables = [
        "users", "plugins", "subscriptions", "licenses", "usage_events", "usage_aggregates", "trials",
        "revoked_licenses",
        "plugin_submissions", "plugin_reviews", "logs", "web_users", "repositories", "agent_executions",
        "execution_logs",
        "workflows", "line_messages", "websocket_connections",
    ]

    /// Who may read a table may keep it from being dropped meanwhile (ACCESS SHARE), and nothing more. That takes a right to
    /// UPDATE, DELETE or TRUNCATE the whole table.
    @Test func peopleLockNothingButWhatReadingLocks() async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.rows(0), "LOCK TABLE plugins IN ACCESS SHARE MODE", as: .anon)
            for mode in ["ROW SHARE", "ROW EXCLUSIVE", "SHARE", "ACCESS EXCLUSIVE"] {
                for table in ["plugins", "plugin_reviews"] {
                    try await database.expect(.denied, "LOCK TABLE \(table) IN \(mode) MODE", as: .anon)
                }
            }
            for table in Self.tables {
                try await database.expect(.rows(0), "LOCK TABLE \(table) IN ACCESS SHARE MODE", as: .owner)
                for mode in ["ROW SHARE", "ROW EXCLUSIVE", "SHARE", "ACCESS EXCLUSIVE"] {
                    try await database.expect(.denied, "LOCK TABLE \(table) IN \(mode) MODE", as: .owner)
                    try await database.expect(.denied, "LOCK TABLE \(table) IN \(mode) MODE", as: .admin)
                }
            }
            // The control: who may change all of a table may lock it.
            try await database.expect(.rows(0), "LOCK TABLE users IN ACCESS EXCLUSIVE MODE", as: .service)
            let before = "GRANT DELETE ON workflows TO authenticated"
            try await database.expect(
                .rows(0), "LOCK TABLE workflows IN ACCESS EXCLUSIVE MODE", as: .owner, after: before)
        }
    }

    /// Deleting goes through functions, which take the lock that a DELETE takes, and delete what one may.
    @Test func deletingIsByFunctions() async throws {
        try await SchemaDatabase.withFixture { database in
            for table in ["plugins", "plugin_reviews", "repositories", "workflows"] {
                for identity in [Identity.owner, .admin, .anon] {
                    try await database.expect(.denied, "DELETE FROM \(table)", as: identity)
                }
            }
            let unknown = "SELECT WHERE delete_workflow('ffffffff-0000-4000-8000-000000000000')"
            try await database.expect(.rows(0), unknown, as: .owner)
            try await database.expect(.denied, unknown, as: .anon)
            // Who is nobody has nothing that is theirs.
            let row = "SELECT WHERE delete_workflow('\(AccessFixture.row)')"
            try await database.expect(.rows(0), row, as: .owner, claims: #"{"role": "authenticated"}"#)
            try await database.expect(.rows(1), row, as: .owner)
        }
    }

    @Test func nobodyButTheOwnerMakesTemporaryTables() async throws {
        try await SchemaDatabase.with(version: MigrationScript.latest) { database in
            for role in ["anon", "authenticated", "service_role", "outbox_relay"] {
                try await database.withLogin(memberOf: role) { login in
                    try await login.expect(.denied, "CREATE TEMP TABLE mine ()")
                    try await login.expect(.denied, "CREATE TABLE mine ()")
                }
            }
            try await database.connection.expect(.rows(0), "CREATE TEMP TABLE mine ()")
            try await database.connection.expect(.rows(0), "DROP TABLE mine")
        }
    }

    /// What is not one's own is refused in the same words whether it is there or not.
    @Test func refusalsDoNotTellWhatIsThere() async throws {
        try await SchemaDatabase.withFixture { database in
            for repository in [AccessFixture.othersRepository, "ffffffff-0000-4000-8000-000000000000"] {
                for statement in [
                    """
                    INSERT INTO agent_executions (user_id, repository_id, agent_type)
                    VALUES ('\(AccessFixture.owner)', '\(repository)', 'CodeGen')
                    """,
                    """
                    INSERT INTO workflows (user_id, repository_id, name, definition)
                    VALUES ('\(AccessFixture.owner)', '\(repository)', 'w', '{}')
                    """,
                ] { try await database.expect(.denied, statement, as: .owner) }
            }
            // Statistics of columns, ids of sequences, others' statements.
            try await database.connection.script("ANALYZE users")
            let statistics = "SELECT FROM pg_stats WHERE tablename = 'users'"
            try await database.expect(.rows(0), statistics, as: .owner)
            #expect(try await database.count("FROM pg_stats WHERE tablename = 'users'") > 0)
            try await database.expect(.denied, "SELECT last_value FROM outbox.changes_id_seq", as: .owner)
            let others =
                "SELECT FROM pg_stat_activity WHERE query NOT LIKE '<insufficient%' AND pid <> pg_backend_pid() AND query <> ''"
            try await database.expect(.rows(0), others, as: .anon)
        }
    }

    /// The relay takes changes out of the outbox, knows connections by their names, and folds counts.
    @Test func theRelayDoesNothingElse() async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.withLogin(memberOf: "outbox_relay") { relay in
                for table in Self.tables + ["dispatch.leases"] where table != "websocket_connections" {
                    try await relay.expect(.denied, "SELECT FROM \(table)")
                }
                for statement in [
                    "UPDATE outbox.changes SET status = 'completed'", "INSERT INTO outbox.changes DEFAULT VALUES",
                    "UPDATE plugins SET downloads = 7", "SELECT last_ping_at FROM websocket_connections",
                    "SELECT increment_downloads('owners')", "SET ROLE service_role",
                ] { try await relay.expect(.denied, statement) }
                try await relay.expect(.rows(1), "SELECT fold_plugin_counts()")
                for statement in [
                    "SELECT id FROM outbox.changes WHERE false", "DELETE FROM outbox.changes WHERE false",
                    "DELETE FROM outbox.usage WHERE id < 0",
                    "SELECT user_id, connection_id FROM websocket_connections WHERE false",
                    "UPDATE outbox.changes SET attempts = attempts + 1 WHERE false",
                ] { try await relay.expect(.rows(0), statement) }
            }
        }
    }
}
