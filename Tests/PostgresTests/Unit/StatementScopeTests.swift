import Fuzzing
import Testing

@testable import Postgres

@Suite struct StatementScopeTests {
    @Test(arguments: [
        "SELECT 1", "  (select 1) union (select 2)", "with x as (select 1) select * from x", "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1", "\n\tDELETE FROM t", "COPY t FROM STDIN", "VALUES (1)",
        // What only looks as if it changed the session.
        "/* a /* nested */ comment */ SELECT 1", "-- who reads what\nSELECT 1", "SELECT 'set_config'",
        "SELECT $$set_config('a')$$, $x$ pg_temp $x$", "SELECT E'\\'set_config(', 1", "SELECT set_config FROM t",
        "INSERT INTO temp VALUES (1)", "insert into temporary select 1", "SELECT a INTO plain FROM t",
        "SELECT * FROM pg_settings", "EXPLAIN (ANALYZE, FORMAT json) SELECT 1", "explain analyze verbose select 1",
        "EXPLAIN (SELECT 1)", "SELECT pg_advisory_xact_lock(1)", "SELECT \"into\" FROM t", "SELECT $1, $2",
        "SELECT 'it''s', U&'d\\0061t'", "SELECT '/*' || a FROM t",
    ])
    func plainStatementsAreContained(_ sql: String) { #expect(StatementScope(sql) == .contained) }

    @Test(arguments: ["BEGIN", "commit", "ROLLBACK TO SAVEPOINT a", "Start Transaction", "END"])
    func boundaries(_ sql: String) { #expect(StatementScope(sql) == .boundary) }

    @Test(arguments: [
        "SET ROLE x", "SET LOCAL ROLE x", "RESET ALL", "LISTEN a", "DO $$ $$", "CREATE TEMP TABLE t (a int)", "",
        "select Set_Config('role', 'x', false)", "SELECT pg_advisory_lock(1)", "SELECT pg_try_ADVISORY_LOCK(1)",
        "/* SELECT */ RESET ROLE", "-- SELECT\nRESET ROLE", "SELECT 1 INTO TEMP t", "DISCARD ALL", "CALL p()",
        "SELECT 1 AS a INTO\nTEMP t", "SELECT 1 AS a INTO/**/temporary t", "SELECT 1 AS a INTO pg_temp.t",
        "SELECT 1 AS a INTO \"pg_temp\".t", "SELECT 1 AS a INTO TABLE pg_temp_3.t", "SELECT 1 INTO LOCAL TEMP t",
        "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1", "EXPLAIN (ANALYZE) CREATE TABLE pg_temp.t AS SELECT 1",
        "EXPLAIN ANALYZE SELECT set_config('a.b', 'c', false)", "EXPLAIN EXECUTE p",
        "UPDATE pg_settings SET setting = 'x' WHERE name = 'a'", "update pg_catalog.PG_SETTINGS set setting = 'x'",
        "SELECT \"set_config\"('role', 'x', false)", "SELECT set_config /* so */ ('role', 'x', false)",
        "SELECT U&\"set_\\0063onfig\"('role', 'x', false)", "WITH a AS (SELECT setseed(0.5)) SELECT * FROM a",
        "/* never closed SELECT 1", "'SELECT 1'", "SELECT $$a$$ || set_config('role', 'x', false)",
    ])
    func everythingElseLasts(_ sql: String) { #expect(StatementScope(sql) == .lasting) }

    /// Whatever the text is, it has an end, and there are no more tokens than bytes.
    @Test func tokensOfAnyText() {
        var random = SeededGenerator(seed: 16)
        let parts = [
            "SELECT", "'", "''", "\"", "$$", "$a$", "$1", "/*", "*/", "--", "\n", "E'", "\\", "U&\"", "(", ")", "into",
            "temp", "1.5e3", "é", ";",
        ]
        for _ in 0..<5000 {
            let text = random.words(atMost: 12, of: parts)
            let noise = String(decoding: random.mutated(Array(text.utf8), inserting: parts), as: UTF8.self)
            #expect(Array(SQLTokens(noise)).count <= noise.utf8.count)
            _ = StatementScope(noise)
        }
    }
}
