import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
    private struct Stop: Error {}

    private func numbers(_ db: PostgresConnection) async throws -> [Int] {
        try await db.query("SELECT a FROM t ORDER BY a").decode(Int.self)
    }

    @Test func commitsWhenItReturnsAndRollsBackWhenItThrows() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            let value = try await db.withTransaction { db in
                try await db.execute("INSERT INTO t VALUES (1)")
                return "done"
            }
            #expect(value == "done")
            await #expect(throws: Stop.self) {
                try await db.withTransaction { db in
                    try await db.execute("INSERT INTO t VALUES (2)")
                    throw Stop()
                }
            }
            #expect(try await numbers(db) == [1])
        }
    }

    /// A macro's closures have the macro's line.
    private func failure(_ body: () async throws -> Void) async -> PostgresError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? PostgresError
        }
    }

    /// Where a transaction has failed, and in which of its steps.
    @Test func errorsTellTheStepAndTheCall() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)")
            let line = #line + 2
            let body = await failure {
                _ = try await db.withTransaction { db in try await db.execute("SELECT 1/0") }
            }
            #expect(body?.sqlState == "22012" && body?.transactionStep == nil)
            #expect(body?.fileID == "PostgresTests/TransactionTests.swift" && body?.line == line)
            #expect(body?.description.contains("PostgresTests/TransactionTests.swift:\(line)") == true)

            let commit = await failure {
                _ = try await db.withTransaction { db in try await db.execute("INSERT INTO t VALUES (1), (1)") }
            }
            #expect(commit?.transactionStep == .commit && commit?.line == line + 7)
            #expect(commit?.sqlState == PostgresSQLState.uniqueViolation)

            let begin = await failure {
                try await db.withSession(as: PostgresSessionRole("nobody")) { _ in }
            }
            #expect(begin?.transactionStep == .begin && begin?.line == line + 13)
            let skipped = try await db.pipeline(["SELECT 1/0", "SELECT 1"])
            for result in skipped { #expect(throws: PostgresError.self) { _ = try result.get() } }
            if case .failure(let error) = skipped[1] { #expect(error.line == line + 16) }
        }
    }

    @Test func nestsAsSavepoints() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            try await db.withTransaction { db in
                try await db.execute("INSERT INTO t VALUES (1)")
                do {
                    try await db.withTransaction { db in
                        try await db.execute("INSERT INTO t VALUES (2)")
                        try await db.withTransaction { db in try await db.execute("INSERT INTO t VALUES (3)") }
                        try await db.execute("SELECT 1/0")
                    }
                    Issue.record("the division must fail")
                } catch let error as PostgresError {
                    #expect(error.sqlState == "22012")
                }
                try await db.withTransaction { db in try await db.execute("INSERT INTO t VALUES (4)") }
            }
            #expect(try await numbers(db) == [1, 4])
        }
    }

    @Test func aSwallowedFailureMakesCommitFail() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            let error = try await #require(throws: PostgresError.self) {
                try await db.withTransaction { db in
                    try await db.execute("INSERT INTO t VALUES (1)")
                    _ = try? await db.execute("SELECT 1/0")
                }
            }
            #expect(error.code == .commitRolledBack)
            #expect(try await numbers(db) == [])
            // In a savepoint the server itself refuses, and the outer transaction goes on.
            try await db.withTransaction { db in
                try await db.execute("INSERT INTO t VALUES (2)")
                let inner = try await #require(throws: PostgresError.self) {
                    try await db.withTransaction { db in _ = try? await db.execute("SELECT 1/0") }
                }
                #expect(inner.sqlState == PostgresSQLState.inFailedSQLTransaction)
            }
            #expect(try await numbers(db) == [2])
        }
    }

    @Test func deferredConstraintsFailAtCommit() async throws {
        try await withTestConnection { db in
            try await db.executeScript(
                "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p DEFERRABLE INITIALLY DEFERRED)"
            )
            let error = try await #require(throws: PostgresError.self) {
                try await db.withTransaction { db in try await db.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error.sqlState == PostgresSQLState.foreignKeyViolation)
            #expect(try await numbers(db) == [])
        }
    }

    @Test(arguments: IsolationLevel.allCases)
    func isolationLevels(_ level: IsolationLevel) async throws {
        let db = try await PostgresConnection.connect(try await TestCluster.shared.configuration())
        let actual = try await db.withTransaction(isolation: level) { db in
            try await db.query("SHOW transaction_isolation").decode(String.self)
        }
        #expect(actual == [level.rawValue.lowercased()])
        let error = try await #require(throws: PostgresError.self) {
            try await db.withTransaction { db in try await db.withTransaction(isolation: level) { _ in } }
        }
        #expect(error.code == .transactionMisuse)
        await db.close()
    }

    @Test func endingByHandIsNoticed() async throws {
        try await withTestConnection { db in
            let error = try await #require(throws: PostgresError.self) {
                try await db.withTransaction { db in try await db.executeScript("COMMIT") }
            }
            #expect(error.code == .transactionMisuse)
            try await db.executeScript("BEGIN")
            let other = try await #require(throws: PostgresError.self) { try await db.withTransaction { _ in } }
            #expect(other.code == .transactionMisuse)
        }
    }

    @Test func aCancelledTaskRollsBack() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            let task = Task {
                try await db.withTransaction { db in
                    try await db.execute("INSERT INTO t VALUES (1)")
                    try await db.execute("SELECT pg_sleep(30)")
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await numbers(db) == [])
            let status = try await db.query("SELECT pg_current_xact_id_if_assigned() IS NULL").decode(Bool.self)
            #expect(status == [true])
        }
    }

    @Test func losingTheConnectionIsNotAFailedCommit() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            try await db.executeScript(
                """
                CREATE TABLE t (a int);
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER die AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION die()
                """)
            let error = try await #require(throws: PostgresError.self) {
                try await db.withTransaction { db in try await db.execute("INSERT INTO t VALUES (1)") }
            }
            #expect(error.code == .commitOutcomeUnknown)
            #expect(db.isClosed)
        }
    }

    /// Each takes both rows in another order: the server ends one of two that wait for each other.
    @Test func conflictsAreRepeatedWhenAskedTo() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(patient(configuration, maximumConnections: 8))
            try await pool.withConnection { db in
                try await db.executeScript(
                    "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0), (2, 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        for _ in 0..<20 {
                            try await pool.withTransaction(isolation: .serializable, attempts: 1_000) { db in
                                for id in task.isMultiple(of: 2) ? [1, 2] : [2, 1] {
                                    try await db.execute("UPDATE t SET n = n + 1 WHERE id = \(id)")
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT n FROM t").decode(Int.self) == [160, 160])
            await pool.close()
        }
    }

    @Test func conflictsAreTheCallersOtherwise() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(patient(configuration, maximumConnections: 2))
            var runs = 0
            for attempts in [1, 3] {
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.withTransaction(attempts: attempts) { db in
                        runs += 1
                        try await db.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
                    }
                }
                #expect(error?.sqlState == "40001")
            }
            #expect(runs == 4)
            await pool.close()
        }
    }
}
