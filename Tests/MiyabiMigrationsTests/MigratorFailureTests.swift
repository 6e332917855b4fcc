import Foundation
import Postgres
import Testing

@testable import MiyabiMigrations

@Suite(.timeLimit(.minutes(5)))
struct MigratorFailureTests {
    @Test func anErrorShowsItsPlaceAndRollsItsMigrationBack() async throws {
        try await MigratorTestCase.run { database in
            let migrations: [Migration] = [
                .test(1, "CREATE TABLE a (id INT);"),
                .test(2, "-- 雅\nCREATE TABLE b ();\n\tSELECT '雅', nonsense FROM a;\n"),
            ]
            let error = await #expect(throws: MigrationError.self) { try await database.migrator(migrations).run() }
            #expect(error?.code == .scriptFailed)
            #expect(error?.sqlState == PostgresSQLState.undefinedColumn)
            #expect(
                error?.description == """
                    column "nonsense" does not exist (SQLSTATE 42703)
                     --> 002_m2.up.sql:3:14
                    3 | \tSELECT '雅', nonsense FROM a;
                      | \t             ^
                    002_m2.up.sql was rolled back.
                    """)
            let objects = try await database.objects()
            #expect(objects == ["a"])
            #expect(try await database.history(migrations) == [.applied, .pending])
        }
    }

    @Test func anErrorWithoutAPositionShowsItsStatementAndTheServersFields() async throws {
        try await MigratorTestCase.run { database in
            let migration = Migration.test(
                1, "CREATE TABLE a (id INT PRIMARY KEY);\n\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);\n")
            let error = await #expect(throws: MigrationError.self) { try await database.migrator([migration]).run() }
            #expect(error?.excerpt?.line == 4)
            #expect(error?.sqlState == PostgresSQLState.uniqueViolation)
            #expect(error?.message.contains("detail: Key (id)=(1) already exists.") == true)
            let objects = try await database.objects()
            #expect(objects.isEmpty)
        }
    }

    @Test func aConstraintThatCommitChecksRollsBack() async throws {
        try await MigratorTestCase.run { database in
            let migration = Migration.test(
                1,
                """
                CREATE TABLE a (id INT PRIMARY KEY, b INT REFERENCES a DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO a VALUES (1, 2);
                """)
            let error = await #expect(throws: MigrationError.self) { try await database.migrator([migration]).run() }
            #expect(error?.sqlState == PostgresSQLState.foreignKeyViolation)
            #expect(try await database.history([migration]) == [.pending])
            let objects = try await database.objects()
            #expect(objects.isEmpty)
        }
    }

    @Test func aContradictionStopsEverythingBeforeItBegins() async throws {
        try await MigratorTestCase.run { database in
            let first = Migration.test(1, "CREATE TABLE a ();")
            let third = Migration.test(3, "CREATE TABLE c ();")
            let pending = Migration.test(4, "CREATE TABLE d ();")
            try await database.migrator([first, third]).run()

            func failure(_ migrations: [Migration]) async throws -> String {
                let error = await #expect(throws: MigrationError.self) {
                    try await database.migrator(migrations + [pending]).run()
                }
                #expect(error?.code == .invalidHistory)
                #expect(try await database.objects() == ["a", "c"])
                return error?.message ?? ""
            }
            #expect(try await failure([first]).contains("3 (m3) was applied"))
            #expect(try await failure([.test(1, "changed"), third]).contains("001_m1.up.sql was modified"))
            #expect(try await failure([first, .test(2, ""), third]).contains("002_m2.up.sql is out of order"))
            try await database.script("UPDATE _sqlx_migrations SET success = false WHERE version = 3")
            #expect(try await failure([first, third]).contains("3 (m3) is dirty"))
            #expect(try await database.history([.test(1, "changed"), third]) == [.modified, .dirty])

            try await database.script("UPDATE _sqlx_migrations SET success = true WHERE version = 3")
            var tolerant = database.migrator([first, .test(2, ""), pending])
            tolerant.policy = MigrationPolicy(ignoresMissing: true, allowsOutOfOrder: true)
            #expect(try await tolerant.run().map(\.migration.version) == [2, 4])
        }
    }

    @Test func aKilledBackendLeavesNothingHalfDone() async throws {
        try await MigratorTestCase.run { database in
            let migrations: [Migration] = [
                .test(1, "CREATE TABLE a ();"), .test(2, "CREATE TABLE b ();\nSELECT pg_sleep(600);"),
            ]
            let run = Task { try await database.migrator(migrations).run() }
            try await database.untilAsleep()
            try await database.script(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'miyabi migrate'
                """)
            let error = await #expect(throws: MigrationError.self) { try await run.value }
            #expect(error?.code == .scriptFailed)
            #expect(error?.excerpt?.line == 2)
            #expect(try await database.objects() == ["a"])
            #expect(try await database.history(migrations) == [.applied, .pending])
        }
    }

    @Test func cancellingLeavesNothingHalfDoneAndLetsTheLockGo() async throws {
        try await MigratorTestCase.run { database in
            let migrations: [Migration] = [
                .test(1, "CREATE TABLE a ();"), .test(2, "CREATE TABLE b ();\nSELECT pg_sleep(600);"),
            ]
            let run = Task { try await database.migrator(migrations).run() }
            try await database.untilAsleep()
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
            #expect(try await database.objects() == ["a"])
            #expect(try await database.history(migrations) == [.applied, .pending])
            try await database.migrator([migrations[0], .test(2, "CREATE TABLE b ();")]).run()
        }
    }
}
