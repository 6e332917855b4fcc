import Postgres
import Testing

/// Every migration reverts and applies again, with rows in the tables.
@Suite(.serialized) struct RevertTests {
    /// Up step by step, down step by step and up again: at each version the schema is the same as the first time, and
    /// from version 3 on, where all tables exist, so is every row.
    @Test func everyMigrationRevertsAndAppliesAgainOnData() async throws {
        try await SchemaDatabase.with(version: 0) { database in
            // The extensions outlive a revert of 001 and 013.
            try await database.script(#"CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_trgm"#)
            var schemas = [try await database.dumpSchema()]
            for migration in MigrationScript.all {
                try await database.transaction(migration.up)
                schemas.append(try await database.dumpSchema())
                if migration.version == 3 { try await database.script(AccessFixture.sql) }
            }
            let rows = try await database.rows()
            #expect(rows.count == 18 && rows.allSatisfy { !$0.hasSuffix(": []") })

            for migration in MigrationScript.all.reversed() where migration.version > 3 {
                try await database.transaction(migration.down)
                #expect(try await database.dumpSchema() == schemas[migration.version - 1], "\(migration.name)")
            }
            for migration in MigrationScript.all where migration.version > 3 {
                try await database.transaction(migration.up)
                #expect(try await database.dumpSchema() == schemas[migration.version], "\(migration.name) again")
            }
            #expect(try await database.rows() == rows)

            for migration in MigrationScript.all.reversed() {
                try await database.transaction(migration.down)
                #expect(try await database.dumpSchema() == schemas[migration.version - 1], "\(migration.name) to 0")
            }
            for migration in MigrationScript.all { try await database.transaction(migration.up) }
            #expect(try await database.dumpSchema() == schemas[MigrationScript.latest])
        }
    }

    /// Nobody but the owner makes temporary tables, which would come first for whoever borrows the connection next; a search
    /// path that somebody has chosen stays.
    @Test func temporaryTablesAreTheOwnersAndComeLast() async throws {
        try await SchemaDatabase.with(version: 15) { database in
            #expect(try await database.ownSettings() == "true ")
            let migration = MigrationScript.all[15]
            try await database.transaction(migration.up)
            #expect(try await database.ownSettings() == #"false {"search_path=\"$user\", public, pg_temp"}"#)
            try await database.transaction(migration.down)
            #expect(try await database.ownSettings() == "true ")

            try await database.script(
                """
                DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public', current_database()); END $$
                """)
            try await database.transaction(migration.up)
            #expect(try await database.ownSettings() == "false {search_path=public}")
            try await database.transaction(migration.down)
            #expect(try await database.ownSettings() == "true {search_path=public}")
        }
    }

    /// One migration down and up again, at every version, as `revert` and `run` do.
    @Test(arguments: MigrationScript.all.filter { $0.version > 3 }.map(\.version))
    func aMigrationRevertsAloneAndAppliesAgain(_ version: Int) async throws {
        try await SchemaDatabase.with(version: version) { database in
            try await database.script(AccessFixture.sql)
            let (schema, rows) = (try await database.dumpSchema(), try await database.rows())
            let migration = MigrationScript.all[version - 1]
            // The outbox does not go before it is empty.
            if migration.version == 10 {
                await #expect(throws: (any Error).self) { try await database.transaction(migration.down) }
                try await database.script("DELETE FROM outbox.changes")
            }
            try await database.transaction(migration.down)
            #expect(try await database.dumpSchema() != schema)
            try await database.transaction(migration.up)
            #expect(try await database.dumpSchema() == schema)
            #expect(try await database.rows() == rows)
        }
    }

    /// Times written as UTC keep their instant, in every column, whatever the time zone of the session that migrates.
    @Test func timesKeepTheirInstants() async throws {
        try await SchemaDatabase.with(version: 3) { database in
            let columns = try await database.strings(
                """
                SELECT table_name || ' ' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'
                """
            ).map { $0.split(separator: " ") }
            #expect(columns.count == 14)
            try await database.script(AccessFixture.sql)
            for column in columns {
                try await database.script("UPDATE \(column[0]) SET \(column[1]) = '2025-11-29 10:30:00'")
            }
            try await database.script("SET TimeZone = 'Asia/Tokyo'")

            try await database.transaction(MigrationScript.all[3].up)
            for column in columns {
                let instants =
                    "SELECT DISTINCT (extract(epoch FROM \(column[1])) * 1000)::bigint::text FROM \(column[0])"
                try await database.expect(instants, gives: ["1764412200000"])
            }
            try await database.transaction(MigrationScript.all[3].down)
            for column in columns {
                let times = "SELECT DISTINCT \(column[1])::text FROM \(column[0])"
                try await database.expect(times, gives: ["2025-11-29 10:30:00"])
            }
        }
    }

    /// What the older type cannot hold is not cut to fit: the revert fails, and everything stays.
    @Test func aRevertThatWouldLoseDataFails() async throws {
        try await SchemaDatabase.with(version: 4) { database in
            try await database.script("INSERT INTO web_users (github_id, github_username) VALUES (3000000000, 'u')")
            let schema = try await database.dumpSchema()
            let error = await #expect(throws: PostgresError.self) {
                try await database.transaction(MigrationScript.all[3].down)
            }
            #expect(error?.sqlState == "22003")
            #expect(try await database.dumpSchema() == schema)
            try await database.expect("SELECT github_id::text FROM web_users", gives: ["3000000000"])
        }
    }

    /// Missing values with a default are filled in; a wrong value stops the migration, which names the constraint.
    @Test func badRowsAreFilledInOrNamed() async throws {
        try await SchemaDatabase.with(version: 4) { database in
            try await database.script(
                """
                \(AccessFixture.sql)
                UPDATE users SET role = NULL, created_at = NULL WHERE id = '\(AccessFixture.owner)';
                UPDATE usage_aggregates SET issues = NULL, agent_executions = NULL, period = '2025-13';
                UPDATE licenses SET revoked = true;
                """)
            let error = await #expect(throws: PostgresError.self) {
                try await database.transaction(MigrationScript.all[4].up)
            }
            #expect(error?.constraintName == "usage_aggregates_period_month")

            try await database.script("UPDATE usage_aggregates SET period = '2025-12'")
            try await database.transaction(MigrationScript.all[4].up)
            try await database.expectCount(2, "FROM users WHERE role = 'user' AND created_at IS NOT NULL")
            try await database.expectCount(1, "FROM usage_aggregates WHERE issues = 0 AND agent_executions = '{}'")
            try await database.expectCount(1, "FROM licenses WHERE revoked_at IS NOT NULL")
        }
    }
}
