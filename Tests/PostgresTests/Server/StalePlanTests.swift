import TestSupport
import Testing

@testable import Postgres

/// Statements that were prepared for tables and types that are no longer what they were.
@Suite struct StalePlanTests {
    /// What changes, and a statement that has been prepared before.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let setup: String
        let change: String
        /// The statement as it is prepared, where it has another value then.
        var before: PostgresQuery?
        let query: PostgresQuery
        let answer: String

        static let all = [
            Change(
                testDescription: "a column of another type",
                setup: "CREATE TABLE t (a int); INSERT INTO t VALUES (1)",
                change: "ALTER TABLE t ALTER a TYPE text USING 'one'", query: "SELECT * FROM t", answer: "one"),
            Change(
                testDescription: "a composite type with one more attribute",
                setup: "CREATE TYPE c AS (a text); CREATE TABLE t (v c); INSERT INTO t VALUES (ROW('x'))",
                change: "ALTER TYPE c ADD ATTRIBUTE b text", query: "SELECT (v).* FROM t", answer: "x"),
            Change(
                testDescription: "a table made anew",
                setup: "CREATE TABLE t (a text); INSERT INTO t VALUES ('old')",
                change: "DROP TABLE t; CREATE TABLE t (a text, b int); INSERT INTO t VALUES ('new', 1)",
                query: "SELECT * FROM t", answer: "new"),
            Change(
                testDescription: "an enum replaced",
                setup: """
                    CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (m mood); INSERT INTO t VALUES ('glad')
                    """,
                change: """
                    ALTER TYPE mood RENAME TO mood_old; CREATE TYPE mood AS ENUM ('glad', 'great');
                    ALTER TABLE t ALTER m TYPE mood USING m::text::mood; DROP TYPE mood_old
                    """, query: "SELECT m::text FROM t WHERE m = \("glad")", answer: "glad"),
            Change(
                testDescription: "an enum replaced that is still there",
                setup: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood)",
                change: """
                    CREATE TYPE better AS ENUM ('great'); ALTER TABLE t ALTER m TYPE better USING m::text::better;
                    INSERT INTO t VALUES ('great')
                    """, before: "SELECT m::text FROM t WHERE m = \("sad")",
                query: "SELECT m::text FROM t WHERE m = \("great")", answer: "great"),
            Change(
                testDescription: "a parameter that is wider now",
                setup: "CREATE TABLE t (a int); INSERT INTO t VALUES (1)",
                change: "ALTER TABLE t ALTER a TYPE bigint; INSERT INTO t VALUES (9000000000)",
                before: "SELECT a::text FROM t WHERE a = \("1")",
                query: "SELECT a::text FROM t WHERE a = \("9000000000")", answer: "9000000000"),
            Change(
                testDescription: "a function with another signature",
                setup: "CREATE FUNCTION f(int) RETURNS text LANGUAGE sql AS $$ SELECT 'old' $$",
                change: """
                    DROP FUNCTION f(int); CREATE FUNCTION f(bigint) RETURNS text LANGUAGE sql AS $$ SELECT 'new' $$
                    """, query: "SELECT f(1)", answer: "new"),
        ]

        /// Prepares the statement, and changes what it is about.
        func prepare(_ db: PostgresConnection, _ other: PostgresConnection) async throws {
            try await other.executeScript(setup)
            for _ in 0..<3 { _ = try await db.query(before ?? query) }
            let sql = query.sql
            let prepared = try await db.query("SELECT 1 FROM pg_prepared_statements WHERE statement = \(sql)")
            #expect(prepared.count == 1)
            try await other.executeScript(change)
        }
    }

    private func withTwo(
        _ function: String = #function, _ body: (PostgresConnection, PostgresConnection) async throws -> Void
    ) async throws {
        try await withDatabase(named: function) { configuration in
            try await PostgresConnection.withConnection(to: configuration) { db in
                try await PostgresConnection.withConnection(to: configuration) { other in try await body(db, other) }
            }
        }
    }

    @Test(arguments: Change.all) func outsideOfATransaction(_ change: Change) async throws {
        try await withTwo("stale_idle") { db, other in
            try await change.prepare(db, other)
            for _ in 0..<4 {
                let row = try await db.query(change.query)[0]
                #expect(try row.decode(0, as: String.self) == change.answer)
            }
        }
    }

    @Test(arguments: Change.all) func inAPipeline(_ change: Change) async throws {
        try await withTwo("stale_pipeline") { db, other in
            try await change.prepare(db, other)
            for _ in 0..<3 {
                let results = try await db.pipeline(["SELECT 1", change.query])
                #expect(try results[1].get()[0].decode(0, as: String.self) == change.answer)
            }
        }
    }

    @Test(arguments: Change.all) func asTheFirstStatementOfATransaction(_ change: Change) async throws {
        try await withTwo("stale_first") { db, other in
            try await change.prepare(db, other)
            for _ in 0..<3 {
                let isolation = try await db.withTransaction(isolation: .repeatableRead) { db in
                    let row = try await db.query(change.query)[0]
                    #expect(try row.decode(0, as: String.self) == change.answer)
                    return try await db.query("SHOW transaction_isolation").decode(String.self)
                }
                #expect(isolation == ["repeatable read"])
            }
        }
    }

    /// The transaction's earlier statements cannot be run again: it fails, and the next one does not.
    @Test(arguments: Change.all) func laterInATransaction(_ change: Change) async throws {
        try await withTwo("stale_later") { db, other in
            try await db.executeScript("CREATE TABLE log (a int)")
            try await change.prepare(db, other)
            _ = try? await db.withTransaction { db in
                try await db.execute("INSERT INTO log VALUES (1)")
                _ = try await db.query(change.query)
            }
            try await db.withTransaction { db in
                try await db.execute("INSERT INTO log VALUES (2)")
                let row = try await db.query(change.query)[0]
                #expect(try row.decode(0, as: String.self) == change.answer)
            }
            #expect(try await db.query("SELECT count(*) FROM log WHERE a = 2").decode(Int.self) == [1])
        }
    }

    /// A transaction that may be repeated is.
    @Test func laterInATransactionThatMayBeRepeated() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(patient(configuration, maximumConnections: 1))
            try await pool.execute("CREATE TABLE t (a int)")
            try await pool.withConnection { db in for _ in 0..<3 { _ = try await db.query("SELECT * FROM t") } }
            let other = try await PostgresConnection.connect(configuration)
            try await other.execute("ALTER TABLE t ADD b int")
            await other.close()
            let columns = try await pool.withTransaction(attempts: 2) { db in
                try await db.execute("INSERT INTO t VALUES (1)")
                return try await db.query("SELECT * FROM t").columns.count
            }
            #expect(columns == 2)
            #expect(try await pool.query("SELECT count(*) FROM t").decode(Int.self) == [1])
            await pool.close()
        }
    }

    /// As the first statement of a savepoint, whose transaction has done something.
    @Test func asTheFirstStatementOfASavepoint() async throws {
        try await withTwo("stale_savepoint") { db, other in
            try await db.executeScript("CREATE TABLE log (a int)")
            try await Change.all[0].prepare(db, other)
            try await db.withTransaction { db in
                try await db.execute("INSERT INTO log VALUES (1)")
                let answer = try await db.withTransaction {
                    try await $0.query(Change.all[0].query).decode(String.self)
                }
                #expect(answer == [Change.all[0].answer])
            }
            #expect(try await db.query("SELECT a FROM log").decode(Int.self) == [1])
        }
    }

    /// A mistake stays a mistake, and is not taken for a stale plan's more than once.
    @Test func aRealMistakeIsReported() async throws {
        try await withTestConnection { db in
            for _ in 0..<5 {
                let error = await #expect(throws: PostgresError.self) { try await db.query("SELECT nothing") }
                #expect(error?.sqlState == PostgresSQLState.undefinedColumn)
                let value = await #expect(throws: PostgresError.self) { try await db.query("SELECT \("x")::int") }
                #expect(value?.sqlState == "22P02")
            }
        }
    }

    /// Somebody else has given the name that is tried next.
    @Test func aNameThatIsTaken() async throws {
        try await withTestConnection { db in
            for _ in 0..<2 { try await db.execute("SELECT 'first'") }
            let name = try await db.query("SELECT name FROM pg_prepared_statements").decode(String.self)[0]
            #expect(name.hasSuffix("_1"))
            try await db.executeScript("PREPARE \(name.dropLast())2 AS SELECT 'other'")
            for _ in 0..<4 {
                #expect(try await db.query("SELECT 'second'::text").decode(String.self) == ["second"])
            }
        }
    }
}
