import Postgres
import TestSupport
import Testing

@Suite struct PipelineTests {
    @Test func answersEveryStatementInItsOrder() async throws {
        try await withTestConnection { db in
            let queries = (0..<500).map { number -> PostgresQuery in "SELECT \(number) * 2" }
            for _ in 0..<3 {  // unprepared, then prepared, then known
                let results = try await db.pipeline(queries)
                for (number, result) in results.enumerated() {
                    #expect(try result.get().decode(Int.self) == [number * 2])
                }
            }
        }
    }

    @Test func aFailureUndoesAllAndIsToldApartFromWhatItSkipped() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int PRIMARY KEY)")
            let results = try await db.pipeline([
                "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)",
            ])
            #expect(throws: Never.self) { try results[0].get() }
            #expect(throws: PostgresError.self) { try results[1].get() }
            guard case .failure(let first) = results[1], case .failure(let second) = results[2] else {
                Issue.record("the second and third statement must fail")
                return
            }
            #expect(first.sqlState == "23505")
            #expect(second.code == .pipelineAborted)
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [0])
        }
    }

    @Test func aTransactionKeepsWhatAPipelineDid() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int)")
            try await db.withTransaction { db in
                let inserts = (0..<100).map { number -> PostgresQuery in "INSERT INTO t VALUES (\(Int32(number)))" }
                for result in try await db.pipeline(inserts) { #expect(try result.get().affectedRows == 1) }
            }
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [100])
        }
    }

    /// More statements than the cache holds, and a table that changes behind prepared ones.
    @Test func preparedStatementsMayGoOutOfDate() async throws {
        try await withDatabase { configuration in
            var configuration = configuration
            configuration.statementCacheCapacity = 8
            let db = try await PostgresConnection.connect(configuration)
            try await db.executeScript("CREATE TABLE t (id int); INSERT INTO t VALUES (1)")
            let queries = (0..<20).map { number in PostgresQuery(unsafeSQL: "SELECT *, \(number) FROM t") }
            for _ in 0..<3 { for result in try await db.pipeline(queries + queries) { _ = try result.get() } }
            let star: [PostgresQuery] = ["SELECT * FROM t"]
            for _ in 0..<3 { _ = try await db.pipeline(star)[0].get() }
            try await db.executeScript("ALTER TABLE t ADD name text DEFAULT 'new'")
            #expect(try await db.pipeline(star)[0].get().columns.count == 2)
            await db.close()
        }
    }

    @Test func aKilledServerProcessIsALostConnection() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let other = try await PostgresConnection.connect(configuration)
            let pid = db.backendProcessID
            let task = Task { try await db.pipeline(["SELECT pg_sleep(60)", "SELECT 1"]) }
            while try await other.query(
                "SELECT count(*) FROM pg_stat_activity WHERE pid = \(pid) AND wait_event = 'PgSleep'"
            ).decode(Int.self) == [0] {}
            try await other.execute("SELECT pg_terminate_backend(\(pid))")
            let error = await #expect(throws: PostgresError.self) {
                for result in try await task.value { _ = try result.get() }
            }
            #expect(error?.code == .connectionLost || error?.sqlState == "57P01")
            await other.close()
            await db.close()
        }
    }

    @Test func aCancelledTaskStopsThePipeline() async throws {
        try await withTestConnection { db in
            let task = Task { try await db.pipeline(["SELECT pg_sleep(60)", "SELECT 1"]) }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await db.query("SELECT 1").decode(Int.self) == [1])
        }
    }
}
