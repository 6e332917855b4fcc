extension PostgresPool {
    /// Runs `body` in a transaction as another role: see `PostgresConnection.withSession`.
    @discardableResult
    public nonisolated(nonsending) func withSession<R>(
        as role: PostgresSessionRole, isolation: IsolationLevel? = nil, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await withConnection(fileID: fileID, line: line) { connection in
            try await connection.withSession(as: role, isolation: isolation, fileID: fileID, line: line, body)
        }
    }
}
