internal import Postgres

/// The settings that every script begins with. What a script did to the session is taken back, so that neither the books nor
/// the next script feel it.
struct SessionSettings {
    /// PostgreSQL's `lock_timeout`; zero waits without an end.
    let lockTimeout: Duration

    /// The statements that make them, without the last semicolon.
    var sql: String {
        """
        SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; SET client_encoding = 'UTF8'; \
        SET lock_timeout = '\(Int64(lockTimeout / .milliseconds(1)))ms'
        """
    }

    func apply(on connection: PostgresConnection) async throws {
        try await connection.executeScript(sql)
        // Should this process be killed, the server notices within a second even during a long statement, and rolls
        // back. Servers before 15 cannot watch the client on every platform.
        if connection.serverVersion >= 150_000 {
            try await connection.executeScript("SET client_connection_check_interval = '1s'")
        }
    }

    /// What lets a script outside a transaction wait for locks as long as it takes: one that works `CONCURRENTLY` waits for old
    /// transactions, and while it waits it holds nobody up. A script that sets `lock_timeout` knows what it wants.
    func sqlOfWaiting(for script: MigrationScript) -> String? {
        let words = Set(script.parsed.statements.flatMap(\.words))
        return words.contains("CONCURRENTLY") && !words.contains("LOCK_TIMEOUT") ? "SET lock_timeout = 0" : nil
    }
}
