internal import Postgres

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
