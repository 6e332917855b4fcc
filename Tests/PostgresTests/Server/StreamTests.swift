import Postgres
import TestSupport
import Testing

@Suite struct StreamTests {
    @Test func deliversEveryRow() async throws {
        try await withTestConnection { db in
            let sum = try await db.withRows(of: "SELECT generate_series(1, \(50_000))") { rows in
                var sum = 0
                for try await row in rows { sum += try row.decode(0, as: Int.self) }
                return sum
            }
            #expect(sum == 1_250_025_000)
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func rowsBecomeValues() async throws {
        struct Step: Decodable, Equatable {
            var stepNumber: Int
            var label: String?
        }
        try await withTestConnection { db in
            let query: PostgresQuery =
                "SELECT n AS step_number, CASE n % 2 WHEN 0 THEN n::text END AS label FROM generate_series(1, 1000) n"
            let tuples = try await db.withRows(of: query) { rows in
                var sum = 0
                for try await (number, label) in rows.decode((Int, String?).self) where label == nil { sum += number }
                return sum
            }
            #expect(tuples == 250_000)
            let steps = try await db.withRows(of: query) { rows in
                var steps: [Step] = []
                for try await step in rows.decode(as: Step.self) { steps.append(step) }
                return steps
            }
            #expect(steps.count == 1000 && steps[999] == Step(stepNumber: 1000, label: "1000"))
            // A row that does not fit ends the statement.
            let error = await #expect(throws: PostgresError.self) {
                try await db.withRows(of: query) { for try await _ in $0.decode((Int, String).self) {} }
            }
            #expect(error?.code == .decodingFailed && error?.decodingColumn == "label")
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func leavingEarlyStopsTheStatement() async throws {
        try await withTestConnection { db in
            let first = try await db.withRows(of: "SELECT generate_series(1, 1000000000)") { rows in
                for try await row in rows { return try row.decode(0, as: Int.self) }
                return 0
            }
            #expect(first == 1)
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    /// Whether ten rows, which have arrived with the first, or a million: the transaction goes on, and the statement has
    /// done nothing.
    @Test(arguments: [10, 1_000_000], [true, false])
    func leavingEarlyComesToTheSame(count: Int, inTransaction: Bool) async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            func leave(_ db: PostgresConnection) async throws {
                let query: PostgresQuery = "INSERT INTO t SELECT generate_series(1, \(count)) RETURNING a"
                try await db.withRows(of: query) { rows in for try await _ in rows { break } }
                try await db.withRows(of: "SELECT generate_series(1, \(count))") { rows in
                    for try await _ in rows { break }
                }
                // One that fails where nobody looks.
                try await db.withRows(of: "SELECT 1 / (\(count - 5) - n) FROM generate_series(0, \(count)) n") { rows in
                    for try await _ in rows { break }
                }
                try await db.execute("INSERT INTO t VALUES (-1)")
            }
            if inTransaction { try await db.withTransaction { try await leave($0) } } else { try await leave(db) }
            #expect(try await db.query("SELECT a FROM t").decode(Int.self) == [-1])
            #expect(try await db.query("SHOW transaction_isolation").count == 1 && !db.isClosed)
        }
    }

    @Test(arguments: [true, false]) func whatIsReadToItsEndTakesEffect(inTransaction: Bool) async throws {
        try await withTestConnection { db in
            try await db.executeScript(
                "CREATE TABLE t (a int); CREATE TABLE u (a int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)")
            func insert(_ db: PostgresConnection) async throws {
                try await db.withRows(of: "INSERT INTO t SELECT generate_series(1, 1000) RETURNING a") { rows in
                    for try await _ in rows {}
                }
            }
            if inTransaction { try await db.withTransaction { try await insert($0) } } else { try await insert(db) }
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [1000])
            // A constraint that is checked at the end fails the statement, as it does without a stream.
            let error = await #expect(throws: PostgresError.self) {
                try await db.withRows(of: "INSERT INTO u VALUES (1), (1) RETURNING a") { rows in
                    for try await _ in rows {}
                }
            }
            #expect(error?.sqlState == PostgresSQLState.uniqueViolation)
            #expect(try await db.query("SELECT count(*) FROM u").decode(Int.self) == [0])
            // A failure fails the transaction around it.
            let committed = await #expect(throws: PostgresError.self) {
                try await db.withTransaction { db in
                    _ = try? await db.withRows(of: "SELECT 1 / 0") { rows in for try await _ in rows {} }
                }
            }
            #expect(committed?.code == .commitRolledBack)
        }
    }

    @Test func failuresArriveWhereTheyHappen() async throws {
        try await withTestConnection { db in
            var seen = 0
            do {
                try await db.withRows(of: "SELECT 10 / (1000 - n) FROM generate_series(1, 2000) n") { rows in
                    for try await _ in rows { seen += 1 }
                }
                Issue.record("the division must fail")
            } catch let error as PostgresError {
                #expect(error.sqlState == "22012")
            }
            #expect(seen == 999)
            await #expect(throws: PostgresError.self) {
                try await db.withRows(of: "SELECT nonsense") { rows in for try await _ in rows {} }
            }
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func aCancelledTaskStopsTheStatement() async throws {
        try await withTestConnection { db in
            let task = Task {
                try await db.withRows(of: "SELECT pg_sleep(0.01) FROM generate_series(1, 100000)") { rows in
                    for try await _ in rows {}
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func worksInsideATransaction() async throws {
        try await withTestConnection { db in
            let count = try await db.withTransaction { db in
                try await db.withRows(of: "SELECT 1 FROM generate_series(1, 2000)") { rows in
                    var count = 0
                    for try await _ in rows {
                        count += 1
                        guard count == 1 else { continue }
                        let error = try await #require(throws: PostgresError.self) { try await db.query("SELECT 1") }
                        #expect(error.code == .connectionBusy)
                    }
                    return count
                }
            }
            #expect(count == 2000)
        }
    }

    /// Values large and small, empty and missing, over many pieces.
    @Test func rowsAreThoseOfTheQuery() async throws {
        try await withTestConnection { db in
            let query: PostgresQuery = """
                SELECT n, CASE WHEN n % 3 > 0 THEN repeat('x', n % 7 * (n % 5) * 1000) END,
                    CASE WHEN n % 4 > 0 THEN ''::bytea END, n::numeric / 3 FROM generate_series(1, 3000) n
                """
            let expected = try await db.query(query).decode((Int, String?, [UInt8]?, PostgresNumeric).self)
            var position = 0
            try await db.withRows(of: query) { rows in
                for try await row in rows.decode((Int, String?, [UInt8]?, PostgresNumeric).self) {
                    #expect(row == expected[position])
                    position += 1
                }
            }
            #expect(position == 3000)
        }
    }

    @Test func rowsWithoutColumnsCount() async throws {
        try await withTestConnection { db in
            let count = try await db.withRows(of: "SELECT FROM generate_series(1, 1500)") { rows in
                var count = 0
                for try await row in rows { count += 1 + row.columnCount }
                return count
            }
            #expect(count == 1500)
        }
    }

    /// The connection breaks while the reader is busy: the rows that came are there, then the failure. A server that
    /// waits for a slow reader ends without a word.
    @Test(arguments: [Duration.zero, .seconds(1)]) func aLostConnectionIsNoEnd(pause: Duration) async throws {
        try await withTestConnection { db in
            try await withTestConnection { other in
                var seen = 0
                let error = await #expect(throws: PostgresError.self) {
                    try await db.withRows(of: "SELECT generate_series(1, 100000000)") { rows in
                        for try await row in rows {
                            seen += 1
                            #expect(try row.decode(0, as: Int.self) == seen)
                            guard seen == 1 else { continue }
                            try await Task.sleep(for: pause)
                            try await other.execute("SELECT pg_terminate_backend(\(db.backendProcessID), 5000)")
                        }
                    }
                }
                #expect(error?.code == .connectionLost)
                #expect((500..<100_000_000).contains(seen))
                #expect(db.isClosed)
            }
        }
    }

    /// Whoever closes the connection does not make the rows look complete.
    @Test func aClosedConnectionIsNoEnd() async throws {
        try await withTestConnection { db in
            let error = await #expect(throws: PostgresError.self) {
                try await db.withRows(of: "SELECT generate_series(1, 10000000)") { rows in
                    for try await row in rows where try row.decode(0, as: Int.self) == 1 { await db.close() }
                }
            }
            #expect(error?.code == .connectionClosed)
        }
    }

    @Test(arguments: [true, false]) func aCopyIsNoStream(readsRows: Bool) async throws {
        try await withTestConnection { db in
            let error = await #expect(throws: PostgresError.self) {
                try await db.withRows(of: "COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { rows in
                    guard readsRows else { return try await Task.sleep(for: .milliseconds(100)) }
                    for try await _ in rows {}
                }
            }
            #expect(error?.code == .copyMisuse)
            let next = try await db.query("SELECT 1")
            #expect(next.count == 1)
        }
    }
}
