import Foundation
import Postgres
import Testing

@testable import MiyabiMigrations

@Suite(.timeLimit(.minutes(5)))
struct MigratorNoTransactionTests {
    private let table = Migration.test(1, "CREATE TABLE a (id INT); INSERT INTO a VALUES (1), (1);", "DROP TABLE a")

    @Test func anIndexIsBuiltConcurrentlyAndDropped() async throws {
        try await MigratorTestCase.run { database in
            let index = Migration.test(
                2, "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);\nCREATE INDEX CONCURRENTLY j ON a (id);",
                "-- no-transaction\nDROP INDEX CONCURRENTLY i;\nDROP INDEX CONCURRENTLY j;")
            try await database.migrator([table, index]).run()
            #expect(try await database.objects() == ["a", "i", "j"])
            let statuses = try await database.migrator([table, index]).info()
            #expect(statuses.map(\.state) == [.applied, .applied])
            #expect(statuses[1].executionTime != nil)
            try await database.migrator([table, index]).revert()
            #expect(try await database.objects() == ["a"])
            #expect(try await database.history([table, index]) == [.applied, .pending])
        }
    }

    @Test func aFailureStaysDirtyNamesTheInvalidIndexAndItsAdviceWorks() async throws {
        try await MigratorTestCase.run { database in
            let index = Migration.test(
                2, "-- no-transaction\nCREATE TABLE b ();\nCREATE UNIQUE INDEX CONCURRENTLY \"I\" ON a (id);\n")
            let migrations = [table, index]
            let error = await #expect(throws: MigrationError.self) { try await database.migrator(migrations).run() }
            #expect(error?.code == .scriptFailed)
            #expect(error?.sqlState == PostgresSQLState.uniqueViolation)
            #expect(error?.excerpt?.line == 3)
            #expect(error?.message.contains("DROP INDEX CONCURRENTLY public.\"I\";") == true)
            #expect(try await database.history(migrations) == [.applied, .dirty])
            #expect(try await database.objects() == ["I", "a", "b"])

            let refused = await #expect(throws: MigrationError.self) { try await database.migrator(migrations).run() }
            #expect(refused?.code == .invalidHistory)
            #expect(refused?.message.contains("DROP INDEX CONCURRENTLY public.\"I\";") == true)

            try await database.script("DROP INDEX CONCURRENTLY public.\"I\"")
            try await database.script(
                "DROP TABLE b; DELETE FROM a; DELETE FROM _sqlx_migrations WHERE version = 2;")
            try await database.migrator(migrations).run()
            #expect(try await database.history(migrations) == [.applied, .applied])
        }
    }

    @Test func anInvalidIndexThatIfNotExistsPassesOverIsFound() async throws {
        try await MigratorTestCase.run { database in
            try await database.migrator([table]).run()
            await #expect(throws: PostgresError.self) {
                try await database.script("CREATE UNIQUE INDEX CONCURRENTLY i ON a (id)")
            }
            let index = Migration.test(
                2, "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id);")
            let other = Migration.test(3, "-- no-transaction\nCREATE INDEX CONCURRENTLY k ON a (id);")
            let error = await #expect(throws: MigrationError.self) {
                try await database.migrator([table, index]).run()
            }
            #expect(error?.code == .invalidIndex)
            #expect(error?.message.contains("index public.i on public.a is invalid") == true)
            #expect(try await database.history([table, index]) == [.applied, .dirty])

            // One that has nothing to do with a migration does not keep it from succeeding.
            try await database.script("DELETE FROM _sqlx_migrations WHERE version = 2")
            try await database.migrator([table, other]).run()
        }
    }

    @Test func cancellingLeavesADirtyRowThatSaysWhatIsLeft() async throws {
        try await MigratorTestCase.run { database in
            let slow = Migration.test(
                2, "-- no-transaction\nCREATE TABLE b ();\nCREATE INDEX CONCURRENTLY i ON a ((id + 1));")
            try await database.migrator([table]).run()
            // A writer that does not end keeps the index from being finished.
            let writer = try await database.connect()
            try await writer.executeScript("BEGIN; INSERT INTO a VALUES (3);")
            let run = Task { try await database.migrator([table, slow]).run() }
            try await database.until(
                "SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'a'::regclass AND NOT indisvalid")
            run.cancel()
            let error = await #expect(throws: MigrationError.self) { try await run.value }
            #expect(error?.code == .interrupted)
            #expect(error?.message.contains("DROP INDEX CONCURRENTLY public.i;") == true)
            #expect(try await database.history([table, slow]) == [.applied, .dirty])
            await writer.close()
        }
    }
}
