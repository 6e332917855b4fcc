import Postgres

/// The server's session that a migrator works in. Behind a pooler that lends sessions for a transaction at a time it
/// changes, and then the lock, which belongs to a session, keeps nobody away.
struct MigrationSession {
    /// The backend.
    let processID: Int32

    /// Looks before a lock is taken, which would otherwise stay behind in a session that nobody finds again.
    ///
    /// - Throws: ``MigrationError`` with code `pooled`.
    init(of connection: PostgresConnection, _ configuration: PostgresConfiguration) async throws {
        processID = try await Self.processID(of: connection)
        // A pooler makes up the number that a client is told on connecting.
        guard processID != connection.backendProcessID else { return }
        for _ in 0..<3 { try await verify(on: connection) }
        // One that has been quiet so far gives our session away while we do not use it.
        let other = try await PostgresConnection.withConnection(to: configuration) { other in
            try await other.withTransaction { try await Self.processID(of: $0) }
        }
        guard other != processID else { throw Self.pooled }
        try await verify(on: connection)
    }

    /// - Throws: ``MigrationError`` with code `pooled`, if it is another session by now.
    func verify(on connection: PostgresConnection) async throws {
        guard try await Self.processID(of: connection) == processID else { throw Self.pooled }
    }

    private static func processID(of connection: PostgresConnection) async throws -> Int32 {
        try await connection.query("SELECT pg_backend_pid()").decode(Int32.self).first ?? 0
    }

    private static var pooled: MigrationError {
        MigrationError(
            .pooled,
            """
            the connection goes through a pooler that lends the server's sessions for a transaction at a time, so the lock \
            that keeps other migrators away would not hold. Connect to PostgreSQL itself, or through a pool in session mode.
            """)
    }
}

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

extension MigrationError {
    /// What the server said of a statement, shown in its script.
    ///
    /// - Parameter aftermath: what state the failure leaves, as the message's last lines.
    init(_ error: PostgresError, in statement: SQLStatement?, of script: MigrationScript, aftermath: String) {
        let state = error.sqlState.map { " (SQLSTATE \($0))" } ?? ""
        let context = error.server?.context.map { "context: \($0)" }
        let lines = [
            error.message + state, error.detail.map { "detail: \($0)" }, error.hint.map { "hint: \($0)" }, context,
            aftermath,
        ]
        let excerpt = statement.map { statement in
            // Without a position the error came while the statement ran: its beginning is the best place there is.
            SourceExcerpt(
                file: script.fileName, script: script.sql, offset: statement.offset + max(0, (error.position ?? 1) - 1))
        }
        self.init(
            .scriptFailed, lines.compactMap(\.self).joined(separator: "\n"), excerpt: excerpt, sqlState: error.sqlState)
    }
}
