import Foundation
import Postgres
import TestSupport
import Testing

@testable import MiyabiMigrations

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
            let migrator = database.migrator([.test(1, "CREATE TABLE a ();")], patience: .milliseconds(300))
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

    @Test func aMigrationThatWaitsSaysForWhomAndGoesOn() async throws {
        try await MigratorTestCase.run { database in
            try await database.script("CREATE TABLE a (id INT)")
            let holder = try await database.connect()
            try await holder.executeScript("BEGIN; SELECT * FROM a")
            let (waits, continuation) = AsyncStream.makeStream(of: LockWait.self)
            var migrator = database.migrator([.test(1, "ALTER TABLE a ADD b INT;")])
            migrator.lockTimeout = .zero
            migrator.onEvent = { if case .waitingForLock(_, let wait) = $0 { continuation.yield(wait) } }
            let run = Task { [migrator] in try await migrator.run() }
            let wait = try #require(await waits.first { _ in true })
            #expect(wait.object == "table public.a")
            #expect(wait.mode == "AccessExclusiveLock")
            #expect(wait.holders.map(\.processID) == [holder.backendProcessID])
            #expect(wait.description.contains("idle in transaction since "))
            await holder.close()
            #expect(try await run.value.count == 1)
        }
    }

    @Test func aLockThatIsNotGivenEndsTheMigrationNotTheDatabase() async throws {
        try await MigratorTestCase.run { database in
            try await database.script("CREATE TABLE a (id INT)")
            let holder = try await database.connect()
            try await holder.executeScript("BEGIN; SELECT * FROM a")
            let migrations = [Migration.test(1, "CREATE TABLE b ();\nALTER TABLE a ADD b INT;")]
            var migrator = database.migrator(migrations)
            migrator.lockTimeout = .seconds(3)
            let error = await #expect(throws: MigrationError.self) { try await migrator.run() }
            #expect(error?.sqlState == PostgresSQLState.lockNotAvailable)
            #expect(error?.excerpt?.line == 2)
            #expect(
                error?.message.contains(
                    "It waited for AccessExclusiveLock on table public.a, after pid \(holder.backendProcessID)") == true
            )
            #expect(error?.message.contains("lock_timeout was 3.0 s") == true)
            #expect(try await database.history(migrations) == [.pending])
            await holder.close()
            try await migrator.run()
        }
    }

    @Test func aMigrationThatKeepsOthersWaitingSaysSo() async throws {
        try await MigratorTestCase.run { database in
            try await database.script("CREATE TABLE a (id INT)")
            let (events, continuation) = AsyncStream.makeStream(of: MigrationEvent.self)
            var migrator = database.migrator([.test(1, "ALTER TABLE a ADD b INT;\nSELECT pg_sleep(600);")])
            migrator.onEvent = { if case .holdingUp = $0 { continuation.yield($0) } }
            let run = Task { [migrator] in try await migrator.run() }
            try await database.untilAsleep()
            let reader = Task { try await database.script("SELECT * FROM a") }
            let event = try #require(await events.first { _ in true })
            #expect("\(event)" == "001_m1.up.sql holds a lock that 1 other session(s) wait for")
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
            try await reader.value
        }
    }

    @Test func scriptsHaveALockTimeoutUnlessTheyHoldNobodyUp() {
        let settings = SessionSettings(lockTimeout: .milliseconds(2500))
        #expect(settings.sql.hasSuffix("SET lock_timeout = '2500ms'"))
        func waiting(_ sql: String) -> String? {
            settings.sqlOfWaiting(for: MigrationScript(fileName: "1_a.sql", sql: sql))
        }
        #expect(waiting("-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (b);") == "SET lock_timeout = 0")
        #expect(waiting("-- no-transaction\nALTER TYPE t ADD VALUE 'CONCURRENTLY';") == nil)
        #expect(waiting("-- no-transaction\nSET lock_timeout = '1s'; CREATE INDEX CONCURRENTLY i ON a (b);") == nil)
    }

    /// A pooler that lends sessions for a transaction at a time: nothing is run, and no lock is left behind.
    @Test(.enabled(if: TestPooler.isInstalled, "scripts/setup --tests installs PgBouncer"), arguments: [1, 3])
    func aPoolerInTransactionModeIsRefused(servers: Int) async throws {
        try await MigratorTestCase.run(named: "pooled") { direct in
            let name = try #require(direct.configuration["dbname"])
            try await TestPooler.with(servers: servers) { pooler in
                let pooled = MigratorTestCase(configuration: try pooler.configuration(database: name))
                // So that more than one session is there to be lent.
                let pool = PostgresPool(PostgresPoolConfiguration(pooled.configuration))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<servers { group.addTask { try await pool.execute("SELECT pg_sleep(0.2)") } }
                    try await group.waitForAll()
                }
                await pool.close()
                let migrations = [Migration.test(1, "CREATE TABLE t (a int)")]
                let error = await #expect(throws: MigrationError.self) {
                    try await pooled.migrator(migrations).run()
                }
                #expect(error?.code == .pooled)
                #expect(try await direct.objects() == [])
                #expect(try await direct.migrator(migrations).run().count == 1)
            }
        }
    }
}
