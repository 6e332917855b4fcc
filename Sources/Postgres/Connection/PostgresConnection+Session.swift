extension PostgresConnection {
    /// Runs `body` in a transaction as another role, with settings for row-level security's policies: commits when
    /// `body` returns, rolls back when it throws or the task is cancelled.
    ///
    /// Role and settings are local to the transaction and are sent in one message with BEGIN, so they end with it however
    /// it ends, and cost no round trip. Inside, only statements are let through that the session survives unchanged:
    /// SET, RESET, COMMIT, ROLLBACK, DO, DDL, scripts, and statements that call `set_config` throw `.sessionMisuse` and are not
    /// sent; nested `withTransaction` works.
    ///
    /// This stops mistakes, and injected statements of that kind. It does not stop SQL that is written to escape, such as
    /// a function of the owner's that changes the role, or `set_config` under a disguise: PostgreSQL lets a session go
    /// back to its login and on to every role that the login is a member of, and lets everybody write the claims. What
    /// must be out of reach of such SQL, must be out of the login's: connect as a login that is a member of `anon` and
    /// `authenticated` only, and the server itself refuses the rest.
    ///
    /// - Throws: what `body` throws; what `withTransaction` throws; `PostgresError` with SQLSTATE 42501 when the login is
    ///   no member of the role.
    @discardableResult
    public nonisolated(nonsending) func withSession<R>(
        as role: PostgresSessionRole, isolation: IsolationLevel? = nil, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await withFrame(
            { level in try TransactionFrame(level: level, isolation: isolation, role: role) },
            at: CallSite(fileID: fileID, line: line), body)
    }
}
