import Testing

@testable import MiyabiMigrations

/// The splitter, against the server's lexical rules.
struct SQLStatementTests {
    private func split(_ script: String) -> [String] {
        ParsedScript(script).statements.map(\.text)
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

    @Test(arguments: [
        // Written in a comment, a path with "/*" opens a second one.
        ("/* tables of migrations/*.sql */\nCREATE TABLE a ();\n", 0, "the \"/*\" in line 1, column 24"),
        ("SELECT 1;\n/* no end", 10, "the comment that begins here is not closed"),
        ("SELECT 1; SELECT 'a''b;\n", 17, "the string that begins here is not closed"),
        (#"SELECT E'a\';"#, 8, "the string that begins here is not closed"),
        ("SELECT E'a'\n'b;", 12, "the string that begins here is not closed"),
        ("ALTER TABLE \"a RENAME TO b;", 12, "the quoted name that begins here is not closed"),
        ("-- 雅\nDO $ü$ x $$;", 8, "there is no second $ü$"),
        ("/* a /* b */ c */ SELECT 1 /* d */ /* e", 35, "the comment that begins here is not closed"),
    ])
    func whatIsNotClosedIsAFaultAtItsBeginning(_ script: String, _ offset: Int, _ message: String) throws {
        let fault = try #require(ParsedScript(script).faults.first)
        #expect(fault.offset == offset)
        #expect(fault.message.contains(message))
    }

    @Test(arguments: [
        ("\\restrict Abc\nCREATE TABLE a ();\n\\unrestrict Abc\n", 0, "delete both lines"),
        ("SELECT 1;\n  \\i other's.sql\nSELECT 2;", 12, "put the statements of that file here"),
        ("SELECT 1 \\gexec", 9, "\\gexec is a command of psql"),
        ("\\connect other", 0, "a migration runs in one database"),
        // Of a dump's data only its beginning is told, whatever the lines look like to SQL.
        ("COPY a (b) FROM stdin;\nit's\n\\.\n", 0, "pg_dump --inserts"),
    ])
    func commandsOfPsqlAreExplained(_ script: String, _ offset: Int, _ message: String) throws {
        let fault = try #require(ParsedScript(script).faults.first)
        #expect(fault.offset == offset)
        #expect(fault.message.contains(message))
    }

    @Test(arguments: [
        #"SELECT E'\'', '\', "\", $$\restrict$$; -- \i x"#, "/* \\restrict */",
        "SELECT $1, a$b, '/*', \"/*\", '--'; -- /* '",
        "", "-- ends without a line end",
    ])
    func whatIsQuotedIsNoFault(_ script: String) {
        #expect(ParsedScript(script).faults.isEmpty)
    }

    @Test func whetherTheLastStatementHasItsSemicolon() {
        #expect(ParsedScript("SELECT 1").endsOpen)
        #expect(ParsedScript("SELECT 1 -- end;").endsOpen)
        #expect(!ParsedScript("SELECT 1; -- end").endsOpen)
        #expect(!ParsedScript("-- nothing").endsOpen)
    }

    @Test func offsetsCountUnicodeScalars() {
        let statements = ParsedScript("-- 雅 👩‍💻\nSELECT '雅';  SELECT e\u{301};\r\nSELECT 3").statements
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
        let statement = try #require(ParsedScript(sql).statements.first)
        #expect(statement.restriction != nil)
    }

    @Test(arguments: [
        "ROLLBACK TO SAVEPOINT a", "SAVEPOINT a", "RELEASE a", "DO $$BEGIN COMMIT; END$$", "PREPARE p AS SELECT 1",
        "COPY t FROM '/tmp/x'", "SELECT 'COMMIT'", "START", "CREATE TABLE stdin ()",
    ])
    func otherStatementsAreAllowed(_ sql: String) throws {
        let statement = try #require(ParsedScript(sql).statements.first)
        #expect(statement.restriction == nil)
    }
}
