import Postgres
import TestSupport
import Testing

@Suite struct CancellationTests {
    @Test func stopsTheStatementOnTheServer() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let watcher = try await PostgresConnection.connect(configuration)
            let task = Task { try await db.execute("SELECT pg_sleep(60)") }
            try await Task.sleep(for: .milliseconds(200))
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(5))
            let active = try await watcher.query(
                "SELECT count(*) FROM pg_stat_activity WHERE pid = \(db.backendProcessID) AND state = 'active'")
            #expect(try active.decode(Int.self) == [0])
            #expect(try await db.query("SELECT 1").decode(Int.self) == [1])
            await db.close()
            await watcher.close()
        }
    }

    @Test func waitingTasksLeaveTheQueue() async throws {
        try await withTestConnection { db in
            let running = Task { try await db.execute("SELECT pg_sleep(1)") }
            try await Task.sleep(for: .milliseconds(100))
            let waiting = Task { try await db.execute("SELECT 1") }
            try await Task.sleep(for: .milliseconds(100))
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(try await running.value == 1)
        }
    }

    @Test func aStatementTimeoutIsTheServersError() async throws {
        try await withTestConnection { db in
            try await db.executeScript("SET statement_timeout = '100ms'")
            let error = try await #require(throws: PostgresError.self) { try await db.execute("SELECT pg_sleep(5)") }
            #expect(error.sqlState == PostgresSQLState.queryCancelled)
        }
    }

    /// Whatever the moment at which the cancellation arrives, answers never get mixed up.
    @Test func neverDesynchronises() async throws {
        try await withTestConnection { db in
            for round in 0..<100 {
                let task = Task { try await db.query("SELECT \(round), pg_sleep(0.001)") }
                try await Task.sleep(for: .microseconds(round * 40))
                task.cancel()
                _ = try? await task.value
                guard try await db.query("SELECT \(round)").decode(Int.self) == [round] else {
                    Issue.record("round \(round) got another round's answer")
                    return
                }
            }
        }
    }
}
