import Testing

@testable import MiyabiOperations

/// The splitter, against the server's lexical rules.
struct SQLStatementTests {
    private func split(_ script: String) -> [String] {
        SQLStatement.split(script).map(\.text)
    }

    @Test(arguments: [
        ("", []),
        (" ;; ; -- only a comment\n ; /* and; this */", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;SELECT 2 ; ", ["SELECT 1", "SELECT 2"]),
        ("SELECT 1 -- a; b\n + 2; SELECT 3", ["SELECT 1 -- a; b\n + 2", "SELECT 3"]),
        ("-- no-transaction\nSELECT 1;", ["SELECT 1"]),
        ("SELECT 1 /* a /* b; */ c; */ + 2; SELECT 3", ["SELECT 1 /* a /* b; */ c; */ + 2", "SELECT 3"]),
        ("SELECT 1 -/* ; */- 2; SELECT 3", ["SELECT 1 -/* ; */- 2", "SELECT 3"]),
    ])
    func comments(_ script: String, _ expected: [String]) {
        #expect(split(script) == expected)
    }

    @Test(arguments: [
        ("SELECT 'a;b'; SELECT 2", ["SELECT 'a;b'", "SELECT 2"]),
        ("SELECT 'it''s;'; SELECT 2", ["SELECT 'it''s;'", "SELECT 2"]),
        (#"SELECT '\'; SELECT 2"#, [#"SELECT '\'"#, "SELECT 2"]),
        (#"SELECT E'\';'; SELECT 2"#, [#"SELECT E'\';'"#, "SELECT 2"]),
        (#"SELECT e'\\'; SELECT 2"#, [#"SELECT e'\\'"#, "SELECT 2"]),
        (#"SELECT name'\'; SELECT 2"#, [#"SELECT name'\'"#, "SELECT 2"]),
        ("SELECT E'a' -- c;\n  '\\';'; SELECT 2", ["SELECT E'a' -- c;\n  '\\';'", "SELECT 2"]),
        ("SELECT E'a' '\\'; SELECT 2", ["SELECT E'a' '\\'", "SELECT 2"]),
        (#"SELECT "a;""b;" FROM t; SELECT 2"#, [#"SELECT "a;""b;" FROM t"#, "SELECT 2"]),
        (#"SELECT U&'\0061;', B'1', X'f;'; SELECT 2"#, [#"SELECT U&'\0061;', B'1', X'f;'"#, "SELECT 2"]),
        ("SELECT 'open; SELECT 2", ["SELECT 'open; SELECT 2"]),
    ])
    func quotes(_ script: String, _ expected: [String]) {
        #expect(split(script) == expected)
    }

    @Test(arguments: [
        ("DO $$BEGIN x; END$$; SELECT 2", ["DO $$BEGIN x; END$$", "SELECT 2"]),
        ("DO $a$ x; $b$ y; $$ $a $a$; SELECT 2", ["DO $a$ x; $b$ y; $$ $a $a$", "SELECT 2"]),
        ("DO $ü1$ ' ; $ü1$; SELECT 2", ["DO $ü1$ ' ; $ü1$", "SELECT 2"]),
        ("SELECT a$b$c; SELECT 2; SELECT d$b$e", ["SELECT a$b$c", "SELECT 2", "SELECT d$b$e"]),
        ("EXECUTE p($1); SELECT $1; SELECT 2", ["EXECUTE p($1)", "SELECT $1", "SELECT 2"]),
        ("SELECT $1$; SELECT 2", ["SELECT $1$", "SELECT 2"]),
        ("DO $$ open; SELECT 2", ["DO $$ open; SELECT 2"]),
        ("SELECT '$$'; SELECT '$$'", ["SELECT '$$'", "SELECT '$$'"]),
    ])
    func dollarQuotes(_ script: String, _ expected: [String]) {
        #expect(split(script) == expected)
    }

    @Test func parenthesesAndFunctionBodiesHoldTheirSemicolons() {
        let rule = "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)"
        let function = """
            CREATE OR REPLACE FUNCTION f(n INT) RETURNS INT BEGIN ATOMIC
              INSERT INTO t VALUES (CASE n WHEN 1 THEN 2 END);
              SELECT CASE WHEN n > 1 THEN 1 ELSE 0 END;
            END
            """
        let procedure = "CREATE PROCEDURE begin() LANGUAGE sql BEGIN ATOMIC SELECT 1; END"
        let table = "CREATE TABLE atomic (begin INT, \"end\" INT)"
        #expect(
            split([rule, function, procedure, table, "SELECT 1"].joined(separator: ";\n"))
                == [rule, function, procedure, table, "SELECT 1"])
    }

    @Test func offsetsCountUnicodeScalars() {
        let statements = SQLStatement.split("-- 雅 👩‍💻\nSELECT '雅';  SELECT e\u{301};\r\nSELECT 3")
        #expect(statements.map(\.offset) == [9, 22, 34])
        #expect(statements.map(\.text) == ["SELECT '雅'", "SELECT e\u{301}", "SELECT 3"])
    }

    @Test func everyPrefixOfAScriptIsReadWithoutFailing() {
        let script =
            #"SELECT E'\'' || $a$;$a$ /* /* */ */ "x" -- y"# + "\n; CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END;"
        for length in 0...script.utf8.count {
            let prefix = String(decoding: Array(script.utf8.prefix(length)), as: UTF8.self)
            let kept = split(prefix).joined()
            #expect(kept.utf8.count <= prefix.utf8.count)
        }
    }

    @Test(arguments: [
        "BEGIN", "begin work", "COMMIT", "End", "ABORT", "START TRANSACTION READ ONLY", "ROLLBACK",
        "/* x */ ROLLBACK WORK", "PREPARE TRANSACTION 'x'", "COPY t (a) FROM STDIN",
    ])
    func transactionControlIsForbidden(_ sql: String) throws {
        let statement = try #require(SQLStatement.split(sql).first)
        #expect(statement.restriction != nil)
    }

    @Test(arguments: [
        "ROLLBACK TO SAVEPOINT a", "SAVEPOINT a", "RELEASE a", "DO $$BEGIN COMMIT; END$$", "PREPARE p AS SELECT 1",
        "COPY t FROM '/tmp/x'", "SELECT 'COMMIT'", "START", "CREATE TABLE stdin ()",
    ])
    func otherStatementsAreAllowed(_ sql: String) throws {
        let statement = try #require(SQLStatement.split(sql).first)
        #expect(statement.restriction == nil)
    }
}
