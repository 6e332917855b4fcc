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
            let index = Migration.test(
                4, "-- no-transaction\nCREATE INDEX CONCURRENTLY a_id2 ON a (id)",
                "DROP INDEX a_id2; SET search_path TO ''")
            let migrator = database.migrator(migrations + [index])
            let code = try await database.psql(of: migrator, .up)
            #expect(code == 0)
            #expect(try await database.history(migrations + [index]) == [.applied, .applied, .applied, .applied])
            #expect(try await database.psql(of: migrator, .up) == 0)
            #expect(try await database.psql(of: migrator, .down, targetVersion: 0) == 0)
            #expect(try await database.history(migrations) == [.pending, .pending, .pending])
            #expect(try await database.objects().isEmpty)
        }
    }

    @Test func aDryRunStopsAtTheFirstErrorAndWhileAnotherIsAtWork() async throws {
        try await MigratorTestCase.run { database in
            let broken: [Migration] = [
                .test(1, "CREATE TABLE a ();"), .test(2, "CREATE TABLE b ();\nSELECT nonsense;"),
                .test(3, "CREATE TABLE c ();"),
            ]
            #expect(try await database.psql(of: database.migrator(broken), .up) == 3)
            #expect(try await database.objects() == ["a"])
            #expect(try await database.history(broken) == [.applied, .pending, .pending])

            let other = try await database.connect()
            let name = try #require(try await database.value(String.self, "SELECT current_database()::text"))
            _ = try await other.query("SELECT pg_advisory_lock(\(MigrationLock(database: name).key))")
            #expect(try await database.psql(of: database.migrator(broken), .up) == 3)
            await other.close()
        }
    }

    @Test func bothSeriesHaveBooksOfTheirOwn() async throws {
        try await MigratorTestCase.run { database in
            let mine: [Migration] = [.test(1, "CREATE TABLE mine ();", "DROP TABLE mine"), .test(2, "SELECT 2")]
            try await database.migrator(migrations).run()
            try await database.migrator(mine, series: .own).run()
            #expect(try await database.history(migrations) == [.applied, .applied, .applied])
            #expect(try await database.migrator(mine, series: .own).info().map(\.state) == [.applied, .applied])
            var policy = database.migrator([mine[0]], series: .own)
            policy.policy = MigrationPolicy(ignoresMissing: true)
            let log = EventLog()
            policy.onEvent = { log.append($0) }
            #expect(try await policy.run().isEmpty)
            #expect(log.all == ["noticed 2"])
            try await policy.revert()
            #expect(try await database.history(migrations) == [.applied, .applied, .applied])
            #expect(try await database.migrator(mine, series: .own).info().map(\.state) == [.pending, .applied])
        }
    }

    @Test func aMigrationThatTheOtherTableRecordsMovesByItsAdvice() async throws {
        try await MigratorTestCase.run { database in
            let mine = Migration.test(20_251_129_103_000, "CREATE TABLE mine ();", "DROP TABLE mine")
            try await database.migrator(migrations + [mine]).run()
            let own = database.migrator([mine], series: .own)
            let error = await #expect(throws: MigrationError.self) { try await own.run() }
            #expect(error?.code == .invalidHistory)
            let advice = try #require(error?.message.split(separator: "move the row:").last)
            try await database.script(String(advice))
            #expect(try await own.info().map(\.state) == [.applied])
            #expect(try await own.run().isEmpty)
            #expect(try await database.migrator(migrations).run().isEmpty)
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
