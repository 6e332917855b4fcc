import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite struct StatementTests {
    @Test func everyTypeTravelsBothWays() async throws {
        try await withTestConnection { db in
            let id = UUID()
            let date = Date(timeIntervalSince1970: 1_764_412_200.123456)
            let numeric = try #require(PostgresNumeric("-98765432109876543210.012300"))
            // Three times: unprepared, just prepared, prepared.
            for _ in 0..<3 {
                let rows = try await db.query(
                    """
                    SELECT \(true), \(Int16(-2)), \(Int32(3)), \(Int64.min), \(Float(1.5)), \(-0.1), \("é\t'"), \(id),
                           \(date), \([UInt8]([0, 255, 1])), \(PostgresJSON(#"{"a": [1, null]}"#)), \(numeric)
                    """)
                let row = try #require(
                    try rows.decode(
                        (
                            Bool, Int16, Int32, Int64, Float, Double, String, UUID, Date, [UInt8], PostgresJSON,
                            PostgresNumeric
                        ).self
                    ).first)
                #expect(row.0 && row.1 == -2 && row.2 == 3 && row.3 == .min && row.4 == 1.5 && row.5 == -0.1)
                #expect(row.6 == "é\t'" && row.7 == id && abs(row.8.timeIntervalSince(date)) < 0.000001)
                #expect(row.9 == [0, 255, 1] && row.10.text == #"{"a": [1, null]}"# && row.11 == numeric)
            }
        }
    }

    @Test func arraysAndNullsTravelBothWays() async throws {
        try await withTestConnection { db in
            let rows = try await db.query(
                "SELECT \([1, 2]), \(["a,\"", "NULL", ""]), \([1, nil]), \([String]()), \([[1], []] as [[UInt8]]), \(Int?.none)"
            )
            let row = try #require(
                try rows.decode(([Int], [String], [Int?], [String], [[UInt8]], Int?).self).first)
            #expect(row.0 == [1, 2] && row.1 == ["a,\"", "NULL", ""] && row.2 == [1, nil] && row.3 == [])
            #expect(row.4 == [[1], []] && row.5 == nil)
            #expect(try await db.query("SELECT unnest(\(["x", "y"]))").decode(String.self) == ["x", "y"])
            #expect(try await db.query("SELECT 1 WHERE 2 = ANY(\([1, 2]))").count == 1)
        }
    }

    @Test(arguments: [
        "0", "1", "-1.50", "0.0001", "123456789012345678901234567890.123456789", "1e20", "1e-20", "'NaN'", "10000",
        "99990000.0001", "'Infinity'",
    ])
    func numericsAreTheServersText(_ literal: String) async throws {
        let cluster = try await TestCluster.shared
        let db = try await PostgresConnection.connect(try cluster.configuration())
        let (value, text) = try #require(
            try await db.query("SELECT \(unsafeSQL: literal)::numeric, (\(unsafeSQL: literal)::numeric)::text")
                .decode((PostgresNumeric, String).self).first)
        #expect(value.description == text)
        let echoed = try await db.query("SELECT (\(value))::text").decode(String.self)
        #expect(echoed == [text])
        await db.close()
    }

    @Test func stringsStandForEnumsUUIDsAndTimestamps() async throws {
        enum Mood: String, PostgresCodable { case happy, sad }
        try await withTestConnection { db in
            try await db.executeScript(
                "CREATE TYPE mood AS ENUM ('happy', 'sad'); CREATE TABLE t (m mood, u uuid, at timestamptz, n numeric)")
            let id = UUID()
            try await db.execute(
                "INSERT INTO t VALUES (\(Mood.sad), \(id.uuidString), \("2026-01-31T09:00:00Z"), \("1.50"))")
            let rows = try await db.query("SELECT m, u, at, n FROM t WHERE m = \("sad")")
            let row = try #require(try rows.decode((Mood, UUID, Date, PostgresNumeric).self).first)
            #expect(row.0 == .sad && row.1 == id && row.3.description == "1.50")
            #expect(row.2 == Date(timeIntervalSince1970: 1_769_850_000))
        }
    }

    @Test func rowsKnowTheirColumns() async throws {
        try await withTestConnection { db in
            let rows = try await db.query("SELECT 1 AS id, 'x'::text AS name")
            #expect(rows.columns.map(\.name) == ["id", "name"])
            #expect(rows.columns.map(\.type) == [.int4, .text])
            #expect(rows.commandTag == "SELECT 1")
            #expect(try rows[0].decode("name", as: String.self) == "x")
            let wrongType = try #require(throws: PostgresError.self) { try rows[0].decode("name", as: Int.self) }
            #expect(wrongType.code == .decodingFailed)
            #expect(wrongType.description.contains("text") && wrongType.description.contains("name"))
            #expect(throws: PostgresError.self) { try rows[0].decode("missing", as: Int.self) }
            #expect(throws: PostgresError.self) { try rows.decode(Int.self) }
            #expect(throws: PostgresError.self) { try rows[0].decode(2, as: Int.self) }
        }
    }

    @Test func serverErrorsCarryTheirFields() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE people (email text CONSTRAINT people_email UNIQUE)")
            try await db.execute("INSERT INTO people VALUES (\("eve@example.org"))")
            let error = try await #require(throws: PostgresError.self) {
                try await db.execute("INSERT INTO people VALUES (\("eve@example.org"))")
            }
            #expect(error.code == .server)
            #expect(error.sqlState == PostgresSQLState.uniqueViolation)
            #expect(
                error.tableName == "people" && error.schemaName == "public" && error.constraintName == "people_email")
            #expect(error.detail?.contains("eve@example.org") == true)
            #expect(!error.description.contains("eve@example.org"))
            #expect(error.query == "INSERT INTO people VALUES ($1)")

            let syntax = try await #require(throws: PostgresError.self) { try await db.query("SELEC 1") }
            #expect(syntax.sqlState == PostgresSQLState.syntaxError && syntax.position == 1)
            let type = try await #require(throws: PostgresError.self) { try await db.query("SELECT \("secret")::uuid") }
            #expect(type.sqlState == "22P02" && !type.description.contains("secret"))
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func affectedRowsAndScripts() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2), (3);")
            #expect(try await db.execute("UPDATE t SET a = a + \(1)") == 3)
            #expect(try await db.execute("CREATE TABLE u (a int)") == 0)
            // A script without its own transaction is one: nothing of it stays when a part fails.
            await #expect(throws: PostgresError.self) {
                try await db.executeScript("DELETE FROM t; SELECT 1/0; DELETE FROM u")
            }
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [3])
            try await db.executeScript("")
        }
    }

    @Test func preparedStatementsSurviveWhatInvalidatesThem() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
            for _ in 0..<3 { #expect(try await db.query("SELECT * FROM t").columns.count == 1) }
            try await db.executeScript("ALTER TABLE t ADD b text")
            #expect(try await db.query("SELECT * FROM t").columns.count == 2)
            for _ in 0..<3 { #expect(try await db.query("SELECT * FROM t").columns.count == 2) }
            try await db.executeScript("DEALLOCATE ALL")
            #expect(try await db.query("SELECT * FROM t").columns.count == 2)
            // Behind the cache's back.
            for _ in 0..<2 { _ = try await db.query("SELECT * FROM t") }
            try await db.executeScript("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$")
            #expect(try await db.query("SELECT * FROM t").columns.count == 2)
        }
    }

    @Test func theStatementCacheIsBounded() async throws {
        try await withDatabase { configuration in
            var configuration = configuration
            configuration.statementCacheCapacity = 3
            let db = try await PostgresConnection.connect(configuration)
            for number in 0..<10 {
                for _ in 0..<3 { try await db.execute("SELECT \(unsafeSQL: "\(number)")") }
            }
            let prepared = try await db.query("SELECT count(*) FROM pg_prepared_statements").decode(Int.self)
            #expect((1...3).contains(prepared[0]))
            await db.close()
        }
    }

    @Test func aStatementThatIsPlannedForItsValuesIsNeverPrepared() async throws {
        try await withTestConnection { db in
            for number in 0..<4 {
                var query: PostgresQuery = "SELECT \(number) + 1"
                query.isPlannedForItsValues = true
                #expect(try await db.query(query).decode(Int.self) == [number + 1])
                _ = try await db.pipeline([query])
            }
            #expect(try await db.query("SELECT count(*) FROM pg_prepared_statements").decode(Int.self) == [0])
        }
    }

    @Test func aCopyStatementIsRefusedAndLeavesTheConnectionUsable() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            for sql in ["COPY t FROM STDIN", "COPY (SELECT generate_series(1, 100000)) TO STDOUT"] {
                let error = try await #require(throws: PostgresError.self) {
                    try await db.execute(PostgresQuery(unsafeSQL: sql))
                }
                #expect(error.code == .copyMisuse)
                #expect(try await db.query("SELECT 1").count == 1)
            }
        }
    }

    @Test func concurrentTasksTakeTurns() async throws {
        try await withTestConnection { db in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { try await db.query("SELECT \(number)").decode(Int.self)[0] }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 19_900)
        }
    }

    @Test func largeResultsAndParameters() async throws {
        try await withTestConnection { db in
            let text = String(repeating: "0123456789abcdef", count: 1_000_000)
            let rows = try await db.query("SELECT length(\(text)::text), \(text)::text")
            #expect(try rows[0].decode((Int, String).self) == (16_000_000, text))
            #expect(try await db.query("SELECT generate_series(1, 300000)").count == 300_000)
        }
    }
}
