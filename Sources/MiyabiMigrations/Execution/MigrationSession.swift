internal import Postgres

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
