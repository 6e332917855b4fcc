import Postgres

extension SchemaDatabase {
    /// Runs `body` in a session of a new login, which is a member of `role` and of nothing else.
    nonisolated(nonsending) func withLogin<R>(
        memberOf role: String, _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        let database = try await strings("SELECT current_database()::text")[0]
        let (login, password) = ("login_\(database)", "only-for-this-test")
        try await script(
            """
            CREATE ROLE \(login) LOGIN PASSWORD '\(password)';
            GRANT \(role) TO \(login);
            """)
        let result = try await PostgresConnection.withConnection(
            to: configuration.with("user", login).with("password", password), body)
        try await script("DROP ROLE \(login)")
        return result
    }
}
