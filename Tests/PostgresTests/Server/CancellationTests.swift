import Postgres
import TestSupport
import Testing

@Suite struct CancellationTests {
    @Test func stopsTheStatementOnTheServer() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let watcher = try await PostgresConnection.connect(configuration)
            let task = Task { try await db.execute("SELECT pg_sleep(600)") }
            while try await !isActive(db, seenBy: watcher) {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await !isActive(db, seenBy: watcher))
            #expect(try await db.query("SELECT 1").decode(Int.self) == [1])
            await db.close()
            await watcher.close()
        }
    }

    @Test func waitingTasksLeaveTheQueue() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let watcher = try await PostgresConnection.connect(configuration)
            let running = Task { try await db.execute("SELECT pg_sleep(600)") }
            while try await !isActive(db, seenBy: watcher) {}
            let waiting = Task { try await db.execute("SELECT 1") }
            try await Task.sleep(for: .milliseconds(100))
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(try await isActive(db, seenBy: watcher))
            running.cancel()
            await #expect(throws: CancellationError.self) { try await running.value }
            await db.close()
            await watcher.close()
        }
    }

    private func isActive(_ db: PostgresConnection, seenBy watcher: PostgresConnection) async throws -> Bool {
        let active = try await watcher.query(
            "SELECT count(*) FROM pg_stat_activity WHERE pid = \(db.backendProcessID) AND state = 'active'")
        return try active.decode(Int.self) == [1]
    }

    @Test func aStatementTimeoutIsTheServersError() async throws {
        try await withTestConnection { db in
            try await db.executeScript("SET statement_timeout = '100ms'")
            let error = try await #require(throws: PostgresError.self) { try await db.execute("SELECT pg_sleep(5)") }
            #expect(error.sqlState == PostgresSQLState.queryCancelled)
        }
    }

    @Test func aCallsTimeoutEndsItsStatementAlone() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let watcher = try await PostgresConnection.connect(configuration)
            let error = try await #require(throws: PostgresError.self) {
                try await db.execute("SELECT pg_sleep(600)", timeout: .milliseconds(50))
            }
            #expect(error.code == .statementTimeout && error.query?.contains("pg_sleep") == true)
            #expect(try await !isActive(db, seenBy: watcher))
            // Neither the next statement of the connection, nor one that is quick enough.
            #expect(try await db.query("SELECT 1, pg_sleep(0.2)::text").count == 1)
            #expect(try await db.query("SELECT 2", timeout: .seconds(60)).decode(Int.self) == [2])
            // A transaction has failed with its statement, a savepoint saves it.
            try await db.withTransaction { db in
                try await #require(throws: PostgresError.self) {
                    try await db.withTransaction { db in
                        try await db.execute("SELECT pg_sleep(600)", timeout: .milliseconds(10))
                    }
                }
                #expect(try await db.query("SELECT 3").decode(Int.self) == [3])
            }
            await db.close()
            await watcher.close()
        }
    }

    @Test func aTimeoutDoesNotHideACancellation() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let watcher = try await PostgresConnection.connect(configuration)
            let task = Task { try await db.execute("SELECT pg_sleep(600)", timeout: .seconds(300)) }
            while try await !isActive(db, seenBy: watcher) {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await db.close()
            await watcher.close()
        }
    }

    /// A request that comes between the preparation of a statement and its run, or before it, is not lost.
    @Test(.timeLimit(.minutes(3))) func aCancellationIsNeverLost() async throws {
        try await withDatabase { configuration in
            var configuration = configuration
            configuration.limits.cancellation = .seconds(600)
            let db = try await PostgresConnection.connect(configuration)
            for round in 0..<60 {
                // Prepared and run for good on its second use.
                func sleep(_ seconds: Double) -> PostgresQuery {
                    "SELECT pg_sleep(\(seconds)), \(unsafeSQL: "\(round)")"
                }
                let long = sleep(600)
                try await db.execute(sleep(0))
                let task = Task { try await db.execute(long) }
                try await Task.sleep(for: .microseconds(round * 25))
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(!db.isClosed)
            }
            #expect(try await db.query("SELECT 1").decode(Int.self) == [1])
            await db.close()
        }
    }

    /// Whatever the moment at which the time is over, answers never get mixed up.
    @Test func timeoutsNeverDesynchronise() async throws {
        try await withTestConnection { db in
            var late = 0
            for round in 0..<50 {
                do {
                    let rows = try await db.query(
                        "SELECT \(round), pg_sleep(0.02)", timeout: .microseconds(round * 600))
                    #expect(try rows[0].decode(0, as: Int.self) == round)
                } catch let error as PostgresError where error.code == .statementTimeout {
                    late += 1
                }
                guard try await db.query("SELECT \(round)").decode(Int.self) == [round] else {
                    Issue.record("round \(round) got another round's answer")
                    return
                }
            }
            #expect(late > 0)
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
