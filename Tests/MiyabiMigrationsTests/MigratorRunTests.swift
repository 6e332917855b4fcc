import Foundation
import Postgres
import Testing

@testable import MiyabiMigrations

@Suite(.timeLimit(.minutes(5)))
struct MigratorRunTests {
    private let migrations: [Migration] = [
        .test(1, "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);", "DROP TABLE b; DROP TABLE a"),
        .test(2, "CREATE FUNCTION f() RETURNS INT LANGUAGE sql BEGIN ATOMIC SELECT 1; END;", "DROP FUNCTION f()"),
        .test(3, "CREATE INDEX a_id ON a (id);", "DROP INDEX a_id;"),
    ]

    @Test func everythingRunsRevertsAndRunsAgain() async throws {
        try await MigratorTestCase.run { database in
            var migrator = database.migrator(migrations)
            let log = EventLog()
            migrator.onEvent = { log.append($0) }
            let before = try await database.history(migrations)
            #expect(before == [.pending, .pending, .pending])
            #expect(try await migrator.run().map(\.migration.version) == [1, 2, 3])
            #expect(try await database.objects() == ["a", "a_id", "b", "f"])
            #expect(try await database.history(migrations) == [.applied, .applied, .applied])
            #expect(try await migrator.run().isEmpty)

            #expect(try await migrator.revert().map(\.migration.version) == [3])
            #expect(try await database.objects() == ["a", "b", "f"])
            #expect(try await migrator.revert(targetVersion: 0).map(\.migration.version) == [2, 1])
            #expect(try await database.objects().isEmpty)
            #expect(try await database.history(migrations) == [.pending, .pending, .pending])
            #expect(try await migrator.revert().isEmpty)

            #expect(try await migrator.run(targetVersion: 2).map(\.migration.version) == [1, 2])
            #expect(try await migrator.run().map(\.migration.version) == [3])
            #expect(log.all.prefix(2) == ["started 001_m1.up.sql", "finished 001_m1.up.sql"])
            #expect(log.all.count == 18)
        }
    }

    @Test func infoTellsWhenHowLongAndWhat() async throws {
        try await MigratorTestCase.run { database in
            let slow = Migration.test(1, "SELECT pg_sleep(0.05)")
            let before = Date()
            try await database.migrator([slow]).run()
            let status = try #require(try await database.migrator([slow]).info().first)
            #expect(try #require(status.executionTime) >= .milliseconds(50))
            let installedOn = try #require(status.installedOn)
            #expect(installedOn > before.addingTimeInterval(-1) && installedOn < Date().addingTimeInterval(1))
            #expect(status.appliedChecksum == slow.up.checksum)
            #expect(status.checksums != "-")
        }
    }

    @Test func aDryRunChangesNothing() async throws {
        try await MigratorTestCase.run { database in
            let migrator = database.migrator(migrations)
            let sql = try await migrator.dryRun(.up)
            #expect(try await database.objects().isEmpty)
            #expect(try await database.value(Bool.self, "SELECT to_regclass('_sqlx_migrations') IS NULL") == true)
            #expect(sql.contains("CREATE TABLE b (id INT);"))
            #expect(sql.contains("CREATE TABLE IF NOT EXISTS _sqlx_migrations"))
        }
    }

    @Test func theSQLOfADryRunIsWhatRunDoes() async throws {
        try await MigratorTestCase.run { database in
            let migrator = database.migrator(migrations)
            let connection = try await database.connect()
            for statement in ParsedScript(try await migrator.dryRun(.up)).statements {
                try await connection.executeScript(statement.text)
            }
            #expect(try await database.history(migrations) == [.applied, .applied, .applied])
            for statement in ParsedScript(try await migrator.dryRun(.down, targetVersion: 0)).statements {
                try await connection.executeScript(statement.text)
            }
            #expect(try await database.history(migrations) == [.pending, .pending, .pending])
            #expect(try await database.objects().isEmpty)
            await connection.close()
        }
    }

    @Test func whatAScriptDoesToTheSessionEndsWithIt() async throws {
        try await MigratorTestCase.run { database in
            let migrations: [Migration] = [
                .test(1, "SET search_path TO ''; SET ROLE pg_monitor; SET SESSION AUTHORIZATION pg_monitor;"),
                .test(2, "CREATE TABLE a ();"),
            ]
            try await database.migrator(migrations).run()
            #expect(try await database.history(migrations) == [.applied, .applied])
            #expect(
                try await database.value(String.self, "SELECT tableowner::text FROM pg_tables WHERE tablename = 'a'")
                    == "postgres")
        }
    }

    @Test func theEmbeddedMigrationsRunRevertAndRunAgain() async throws {
        try await MigratorTestCase.run { database in
            let migrator = database.migrator(try Migration.embedded)
            try await migrator.run()
            let objects = try await database.objects()
            try await migrator.revert(targetVersion: 0)
            let tables = try await database.value(
                Int.self, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            #expect(tables == 1)
            try await migrator.run()
            #expect(try await database.objects() == objects)
        }
    }
}
