import Testing

@testable import Postgres

@Suite struct StatementScopeTests {
    @Test(arguments: [
        "SELECT 1", "  (select 1) union (select 2)", "with x as (select 1) select * from x", "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1", "\n\tDELETE FROM t", "COPY t FROM STDIN", "VALUES (1)",
    ])
    func plainStatementsAreContained(_ sql: String) { #expect(StatementScope(sql) == .contained) }

    @Test(arguments: ["BEGIN", "commit", "ROLLBACK TO SAVEPOINT a", "Start Transaction", "END"])
    func boundaries(_ sql: String) { #expect(StatementScope(sql) == .boundary) }

    @Test(arguments: [
        "SET ROLE x", "SET LOCAL ROLE x", "RESET ALL", "LISTEN a", "DO $$ $$", "CREATE TEMP TABLE t (a int)", "",
        "select Set_Config('role', 'x', false)", "SELECT pg_advisory_lock(1)", "SELECT pg_try_ADVISORY_LOCK(1)",
        "/* SELECT */ RESET ROLE", "-- SELECT\nRESET ROLE", "SELECT 1 INTO TEMP t", "DISCARD ALL", "CALL p()",
    ])
    func everythingElseLasts(_ sql: String) { #expect(StatementScope(sql) == .lasting) }
}
