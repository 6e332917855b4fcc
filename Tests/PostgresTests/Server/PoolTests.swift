import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct PoolTests {
    private struct Stop: Error {}

    @Test func manyTasksShareFewConnections() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(configuration, maximumConnections: 5, acquireTimeout: .seconds(900))
            let processes = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2000 {
                    group.addTask { try await pool.query("SELECT pg_backend_pid()").decode(Int.self)[0] }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect((1...5).contains(processes.count))
            #expect(pool.statistics.inUse == 0)
            await pool.close()
            #expect(pool.statistics.connections == 0)
        }
    }

    @Test func waitingHasALimitAndTheErrorTellsThePoolsState() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(configuration, maximumConnections: 1, acquireTimeout: .seconds(2))
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
            let pool = PostgresPool(configuration, maximumConnections: 1)
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

    @Test func anOpenTransactionIsRolledBackOnReturn() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(configuration, maximumConnections: 1)
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
            let pool = PostgresPool(configuration, maximumConnections: 2)
            let killer = try await PostgresConnection.connect(configuration)
            for _ in 0..<3 {
                // In use …
                let error = try await #require(throws: PostgresError.self) {
                    try await pool.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")
                }
                #expect(error.code == .connectionLost)
                // … and idle.
                let victim = try await pool.query("SELECT pg_backend_pid()").decode(Int.self)[0]
                try await killer.execute("SELECT pg_terminate_backend(\(Int32(victim)))")
                try await Task.sleep(for: .milliseconds(200))
                #expect(try await pool.query("SELECT 1").count == 1)
            }
            await killer.close()
            await pool.close()
        }
    }

    @Test func closingDrains() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(configuration, maximumConnections: 1)
            let order = Mutex<[String]>([])
            let work = Task {
                try await pool.withConnection { db in
                    try await db.execute("SELECT pg_sleep(0.4)")
                    order.withLock { $0.append("worked") }
                }
            }
            try await Task.sleep(for: .milliseconds(150))
            let waiting = Task { try await pool.query("SELECT 1") }
            try await Task.sleep(for: .milliseconds(50))
            await pool.close()
            order.withLock { $0.append("closed") }
            try await work.value
            #expect(order.withLock { $0 } == ["worked", "closed"])
            let error = try await #require(throws: PostgresError.self) { try await waiting.value }
            #expect(error.code == .poolClosed)
            await pool.close()
        }
    }

    @Test func anUnreachableServerDoesNotWedgeThePool() async throws {
        let pool = PostgresPool(
            try PostgresConfiguration("host=127.0.0.1 port=1 user=x dbname=x"), maximumConnections: 1)
        for _ in 0..<3 {
            let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            #expect(error.code == .connectFailed)
        }
        #expect(pool.statistics.connections == 0)
        await pool.close()
    }
}
