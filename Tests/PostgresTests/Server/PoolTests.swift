import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite struct PoolTests {
    private struct Stop: Error {}

    @Test func tenThousandTasksShareTwentyConnections() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 20, acquireTimeout: .seconds(900))
            let processes = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10_000 {
                    group.addTask { try await pool.query("SELECT pg_backend_pid()").decode(Int.self)[0] }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect((1...20).contains(processes.count))
            #expect(pool.statistics.inUse == 0)
            await pool.close()
            #expect(pool.statistics.connections == 0)
        }
    }

    @Test func waitingHasALimitAndTheErrorTellsThePoolsState() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1, acquireTimeout: .seconds(10))
            try await pool.withConnection { _ in
                let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                #expect(error.code == .acquireTimeout)
                #expect(error.message.contains("1 of 1 in use"))
            }
            #expect(try await pool.query("SELECT 1").count == 1)
            await pool.close()
        }
    }

    @Test func waitingCanBeCancelled() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1)
            try await pool.withConnection { _ in
                let task = Task { try await pool.query("SELECT 1") }
                try await Task.sleep(for: .milliseconds(100))
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(pool.statistics.waiting == 0)
            }
            await pool.close()
        }
    }

    /// However a temporary table is made or a setting changed, the next borrower finds neither.
    @Test(arguments: [
        "SELECT 1 AS a INTO\nTEMP leaked", "SELECT 1 AS a INTO pg_temp.leaked",
        "SELECT 1 AS a INTO/**/temporary leaked",
        "EXPLAIN ANALYZE CREATE TEMP TABLE leaked AS SELECT 1 AS a", "CREATE TABLE pg_temp.leaked (a int)",
        "UPDATE pg_settings SET setting = 'leaked' WHERE name = 'application_name'",
        "/* why */ SELECT set_config('application_name', 'leaked', false)",
        "SELECT \"set_config\"('application_name', 'leaked', false)",
    ])
    func nothingLeaksToTheNextBorrower(_ sql: String) async throws {
        try await withDatabase(named: "leaks") { configuration in
            let pool = pool(configuration, 1)
            // As often as it takes to prepare it.
            for _ in 0..<3 {
                _ = try await pool.query(PostgresQuery(unsafeSQL: sql))
                let left = try await pool.query(
                    "SELECT to_regclass('pg_temp.leaked') IS NULL, current_setting('application_name')"
                ).decode((Bool, String).self)[0]
                #expect(left.0 && left.1 != "leaked")
            }
            await pool.close()
        }
    }

    @Test func anOpenTransactionIsRolledBackOnReturn() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1)
            try await pool.execute("CREATE TABLE t (a int)")
            await #expect(throws: Stop.self) {
                try await pool.withConnection { db in
                    try await db.executeScript("BEGIN; INSERT INTO t VALUES (1)")
                    throw Stop()
                }
            }
            #expect(try await pool.query("SELECT count(*) FROM t").decode(Int.self) == [0])
            try await pool.withTransaction(isolation: .serializable) { db in
                try await db.execute("INSERT INTO t VALUES (2)")
            }
            #expect(try await pool.query("SELECT a FROM t").decode(Int.self) == [2])
            await pool.close()
        }
    }

    @Test func brokenConnectionsAreReplaced() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 2)
            let killer = try await PostgresConnection.connect(configuration)
            for _ in 0..<3 {
                // In use …
                let error = try await #require(throws: PostgresError.self) {
                    try await pool.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")
                }
                #expect(error.code == .connectionLost)
                // … and idle.
                let (connection, victim) = try await pool.withConnection { db in
                    (db, try await db.query("SELECT pg_backend_pid()").decode(Int.self)[0])
                }
                try await killer.execute("SELECT pg_terminate_backend(\(Int32(victim)))")
                while !connection.isClosed { try await Task.sleep(for: .milliseconds(5)) }
                #expect(try await pool.query("SELECT 1").count == 1)
            }
            await killer.close()
            await pool.close()
        }
    }

    @Test func closingDrains() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1)
            let (borrowed, lent) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let (events, order) = AsyncStream.makeStream(of: String.self)
            let work = Task {
                try await pool.withConnection { db in
                    lent.finish()
                    for await _ in released {}
                    try await db.execute("SELECT 1")
                    order.yield("worked")
                }
            }
            for await _ in borrowed {}
            let waiting = Task { try await pool.query("SELECT 1") }
            while pool.statistics.waiting == 0 { await Task.yield() }
            let closing = Task {
                await pool.close()
                order.yield("closed")
            }
            // Those who wait are refused at once …
            let error = try await #require(throws: PostgresError.self) { try await waiting.value }
            #expect(error.code == .poolClosed)
            // … and those who work may finish.
            release.finish()
            try await work.value
            await closing.value
            order.finish()
            #expect(await events.reduce(into: []) { $0.append($1) } == ["worked", "closed"])
            await pool.close()
        }
    }

    @Test func closingInACancelledTaskWaitsForNobody() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1)
            let (borrowed, lent) = AsyncStream.makeStream(of: Void.self)
            let work = Task {
                try await pool.withConnection { db in
                    lent.finish()
                    try await db.execute("SELECT pg_sleep(600)")
                }
            }
            for await _ in borrowed {}
            let closing = Task { await pool.close() }
            closing.cancel()
            await closing.value
            let error = try await #require(throws: PostgresError.self) { try await work.value }
            #expect([.connectionLost, .connectionClosed].contains(error.code))
        }
    }

    @Test func anUnreachableServerIsTriedUntilTheDeadline() async throws {
        let pool = pool(
            try PostgresConfiguration("host=127.0.0.1 port=1 user=x dbname=x"), 1, acquireTimeout: .seconds(6))
        for _ in 0..<2 {
            let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            #expect(error.code == .acquireTimeout)
            #expect(error.message.contains("Connection refused"))
        }
        await pool.close()
        #expect(pool.statistics.connections == 0)
    }

    @Test func aWrongPasswordIsToldAtOnce() async throws {
        let pool = pool(
            try await TestCluster.shared.configuration().with("password", "no"), 1, acquireTimeout: .seconds(900))
        let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
        #expect(error.sqlState == PostgresSQLState.invalidPassword)
        await pool.close()
    }

    @Test func aServerThatNeverAnswersMeetsTheDeadlineAndDoesNotHoldUpClosing() async throws {
        let silent = try SilentServer()
        let pool = pool(
            try PostgresConfiguration("host=127.0.0.1 port=\(silent.port) user=x dbname=x"), 2,
            acquireTimeout: .milliseconds(300))
        let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
        #expect(error.code == .acquireTimeout)
        #expect(error.message.contains("2 being opened, 1 waiting"))
        await pool.close()
        #expect(pool.statistics.connections == 0)
    }

    @Test func whatIsLeftBehindIsUndone() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1)
            let leftovers: [PostgresQuery] = [
                "SET search_path = nowhere", "SELECT set_config('my.secret', 'x', false)", "LISTEN channel",
                "CREATE TEMP TABLE mine (a int)", "SELECT pg_advisory_lock(1)", "SET ROLE pg_monitor",
            ]
            for leftover in leftovers { try await pool.execute(leftover) }
            try await pool.withConnection { try await $0.executeScript("SET a.b = 'x'; SELECT 1") }
            let left = try await pool.query(
                """
                SELECT current_setting('search_path') || coalesce(current_setting('my.secret', true), '')
                    || coalesce(current_setting('a.b', true), '') || current_user
                    || (SELECT count(*) FROM pg_listening_channels()) || coalesce(to_regclass('mine')::text, '')
                    || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())
                """
            ).decode(String.self)
            #expect(left == [#""$user", publicpostgres00"#])
            await pool.close()
        }
    }

    /// What a clean connection has prepared stays prepared: it was not reset.
    @Test func aCleanConnectionCostsNothing() async throws {
        try await withDatabase { configuration in
            let pool = pool(configuration, 1)
            for _ in 0..<3 { try await pool.execute("SELECT 1 AS one") }
            try await pool.withTransaction { try await $0.execute("SELECT 2") }
            let prepared = "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT 1 AS one'"
            #expect(try await pool.query(PostgresQuery(unsafeSQL: prepared)).decode(Int.self) == [1])
            try await pool.execute("SET work_mem = '5MB'")
            #expect(try await pool.query(PostgresQuery(unsafeSQL: prepared)).decode(Int.self) == [0])
            await pool.close()
        }
    }

    @Test func aConnectionThatIsNotAliveAnyMoreIsNotLent() async throws {
        try await withDatabase { configuration in
            let connection = try await PostgresConnection.connect(configuration)
            #expect(await connection.answers(by: .now + .seconds(60)))
            // Stopped, not closed: only an answer that does not come can tell.
            #expect(kill(connection.backendProcessID, SIGSTOP) == 0)
            #expect(await !connection.answers(by: .now + .milliseconds(100)))
            #expect(kill(connection.backendProcessID, SIGCONT) == 0)
            #expect(connection.isClosed)
        }
    }

    private func pool(
        _ configuration: PostgresConfiguration, _ maximum: Int, acquireTimeout: Duration = .seconds(60)
    ) -> PostgresPool {
        var pool = PostgresPoolConfiguration(configuration, maximumConnections: maximum)
        pool.acquireTimeout = acquireTimeout
        return PostgresPool(pool)
    }
}
