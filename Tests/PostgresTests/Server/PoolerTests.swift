import Postgres
import TestSupport
import Testing

/// Behind PgBouncer in transaction mode, where a connection's statements run on one server after another.
@Suite(.enabled(if: TestPooler.isInstalled, "scripts/setup --tests installs PgBouncer"), .timeLimit(.minutes(3)))
struct PoolerTests {
    private func withPool(
        _ function: String = #function, cache: Int? = nil,
        _ body: (PostgresPool) async throws -> Void
    ) async throws {
        try await withDatabase(named: function) { direct in
            try await TestPooler.with(servers: 3) { pooler in
                var server = try pooler.configuration(database: direct["dbname"] ?? "")
                if let cache { server.statementCacheCapacity = cache }
                let pool = PostgresPool(patient(server, maximumConnections: 12))
                try await body(pool)
                await pool.close()
            }
        }
    }

    /// The answers of many tasks whose statements have the same place in each connection's cache.
    private func ask(_ pool: PostgresPool, inTransactions: Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<24 {
                group.addTask {
                    for round in 0..<20 {
                        let query: PostgresQuery = "SELECT \(unsafeSQL: "'task \(task)'")::text, \(round)"
                        let rows =
                            inTransactions
                            ? try await pool.withTransaction { try await $0.query(query) } : try await pool.query(query)
                        let (name, number) = try rows.decode((String, Int).self)[0]
                        #expect(name == "task \(task)" && number == round)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func everyTaskGetsItsOwnAnswer() async throws {
        try await withPool { pool in
            try await ask(pool, inTransactions: false)
            try await ask(pool, inTransactions: true)
        }
    }

    @Test func withoutPreparingTransactionsOfSeveralStatementsWork() async throws {
        try await withPool(cache: 0) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await pool.withTransaction { db in
                                for value in 0..<3 { try await db.execute("INSERT INTO t VALUES (\(Int32(value)))") }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT count(*) FROM t").decode(Int.self) == [720])
        }
    }

    @Test func cancellingStreamsAndCopiesWork() async throws {
        try await withPool { pool in
            let task = Task { try await pool.execute("SELECT pg_sleep(600)") }
            while try await pool.query(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
            ).decode(Int.self) == [0] {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await pool.withConnection { db in
                let first = try await db.withRows(of: "SELECT generate_series(1, 100000000)") { rows in
                    for try await row in rows { return try row.decode(0, as: Int.self) }
                    return 0
                }
                #expect(first == 1)
                #expect(try await db.query("SELECT 1").decode(Int.self) == [1])
            }
        }
    }
}
