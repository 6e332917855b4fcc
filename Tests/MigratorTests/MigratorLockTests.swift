import Foundation
import Postgres
import Testing

@testable import MiyabiOperations

@Suite(.timeLimit(.minutes(5)))
struct MigratorLockTests {
    @Test func theKeyIsSqlxs() {
        // crc32("123456789") is the algorithm's published check value, 0xCBF43926.
        #expect(MigrationLock(database: "123456789").key == 0x3D32_AD9E * 0xCBF4_3926)
        #expect(MigrationLock(database: "").key == 0)
    }

    @Test func twoMigratorsAtOnceBothSucceed() async throws {
        try await MigratorTestCase.run { database in
            let migrations: [Migration] = [
                .test(1, "CREATE TABLE a (); SELECT pg_sleep(0.3);"),
                .test(2, "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a ((1));"),
            ]
            let log = EventLog()
            let ran = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        var migrator = database.migrator(migrations)
                        migrator.onEvent = { log.append($0) }
                        return try await migrator.run().count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ran.sorted() == [0, 0, 2])
            #expect(log.all.count { $0 == "waiting" } == 2)
            #expect(try await database.history(migrations) == [.applied, .applied])
        }
    }

    @Test func aTimeOutNamesTheHolderAndSqlxsLockExcludesUs() async throws {
        try await MigratorTestCase.run { database in
            let name = try #require(try await database.value(String.self, "SELECT current_database()::text"))
            let holder = try await PostgresConnection.connect(
                database.configuration.with("application_name", "sqlx-cli"))
            _ = try await holder.query("SELECT pg_advisory_lock(\(MigrationLock(database: name).key))")
            let migrator = database.migrator([.test(1, "CREATE TABLE a ();")], lockTimeout: .milliseconds(300))
            let start = ContinuousClock.now
            let error = await #expect(throws: MigrationError.self) { try await migrator.run() }
            #expect(ContinuousClock.now - start >= .milliseconds(300))
            let message = error?.message ?? ""
            #expect(error?.code == .locked)
            #expect(message.contains("pid \(holder.backendProcessID)"))
            #expect(message.contains("application \"sqlx-cli\""))
            #expect(message.contains("user postgres"))
            #expect(message.contains("connected since "))
            #expect(message.contains("idle since "))
            #expect(try await database.value(Bool.self, "SELECT to_regclass('_sqlx_migrations') IS NULL") == true)

            // Reading and planning need no lock.
            #expect(try await migrator.info().map(\.state) == [.pending])
            await holder.close()
            try await database.migrator([.test(1, "CREATE TABLE a ();")]).run()
        }
    }
}
