import Foundation
import Postgres
import Testing

@testable import MiyabiMigrations

/// A database that sqlx-cli has migrated goes on with us. The table and the rows below are made as sqlx 0.8 makes them.
@Suite(.timeLimit(.minutes(5)))
struct SqlxCompatibilityTests {
    @Test func whatSqlxAppliedIsAppliedForUs() async throws {
        try await MigratorTestCase.run { database in
            let directory = try TemporaryDirectory()
            try directory.write("20230101000000_users.sql", Data("CREATE TABLE users (id INT);\r\n".utf8))
            try directory.write("20230102000000_add_posts.up.sql", Data("CREATE TABLE posts (id INT);\n".utf8))
            try directory.write("20230102000000_add_posts.down.sql", Data("DROP TABLE posts;\n".utf8))
            try directory.write("20230103000000_x.up.sql", Data("CREATE TABLE x ();".utf8))
            try directory.write("20230103000000_x.down.sql", Data("DROP TABLE x;".utf8))
            try await database.script(
                """
                CREATE TABLE IF NOT EXISTS _sqlx_migrations (
                    version BIGINT PRIMARY KEY,
                    description TEXT NOT NULL,
                    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
                    success BOOLEAN NOT NULL,
                    checksum BYTEA NOT NULL,
                    execution_time BIGINT NOT NULL
                );
                CREATE TABLE users (id INT);
                CREATE TABLE posts (id INT);
                INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES
                    (20230101000000, 'users', TRUE, sha384(convert_to(E'CREATE TABLE users (id INT);\\r\\n', 'UTF8')), 1234567),
                    (20230102000000, 'add posts', TRUE, sha384(convert_to(E'CREATE TABLE posts (id INT);\\n', 'UTF8')), -1);
                """)
            let migrations = try Migration.load(directory: directory.url)
            #expect(try await database.history(migrations) == [.applied, .applied, .pending])
            #expect(
                try await database.migrator(migrations).info().map(\.executionTime)
                    == [.nanoseconds(1_234_567), nil, nil])
            try await database.migrator(migrations).run()

            // And what we wrote is what sqlx would compare.
            #expect(
                try await database.value(
                    Bool.self,
                    """
                    SELECT description = 'x' AND success AND execution_time > 0
                       AND checksum = sha384(convert_to('CREATE TABLE x ();', 'UTF8'))
                    FROM _sqlx_migrations WHERE version = 20230103000000
                    """) == true)
            try await database.migrator(migrations).revert(targetVersion: 20_230_101_000_000)
            let error = await #expect(throws: MigrationError.self) {
                try await database.migrator(migrations).revert(targetVersion: 0)
            }
            #expect(error?.code == .irreversible)
        }
    }

    @Test func theTableHasSqlxsColumns() async throws {
        try await MigratorTestCase.run { database in
            try await database.migrator([]).run()
            #expect(
                try await database.value(
                    String.self,
                    """
                    SELECT string_agg(concat_ws(' ', column_name, data_type, is_nullable, column_default), ', '
                                      ORDER BY ordinal_position)
                    FROM information_schema.columns WHERE table_name = '_sqlx_migrations'
                    """)
                    == "version bigint NO, description text NO, installed_on timestamp with time zone NO now(), "
                    + "success boolean NO, checksum bytea NO, execution_time bigint NO")
        }
    }
}
