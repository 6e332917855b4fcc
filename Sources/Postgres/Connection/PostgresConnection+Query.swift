extension PostgresConnection {
    /// Runs a statement and returns all its rows.
    /// - Parameter timeout: how long it may take, from when it is sent; `nil` for as long as the server's
    ///   `statement_timeout` lets it. What takes longer is cancelled on the server.
    /// - Throws: `PostgresError`, with code `.statementTimeout` after the timeout; `CancellationError` when the task is
    ///   cancelled.
    public func query(
        _ query: PostgresQuery, timeout: Duration? = nil, fileID: String = #fileID, line: Int = #line
    ) async throws -> PostgresRows {
        let site = CallSite(fileID: fileID, line: line)
        return try await tracing.span(query.sql, at: site) {
            PostgresRows(result: try await wire.run(query, timeout: timeout), source: source(of: query, at: site))
        }
    }

    /// Runs a statement and returns the number of rows that it inserted, updated, deleted, merged or selected.
    /// - Parameter timeout: see `query(_:timeout:)`.
    /// - Throws: `PostgresError`; `CancellationError` when the task is cancelled.
    @discardableResult
    public func execute(
        _ query: PostgresQuery, timeout: Duration? = nil, fileID: String = #fileID, line: Int = #line
    ) async throws -> Int {
        try await tracing.span(query.sql, at: CallSite(fileID: fileID, line: line)) {
            try await wire.run(query, timeout: timeout).affectedRows
        }
    }

    /// Runs a text of any number of statements, without parameters. Unless the text begins transactions itself, either
    /// all of its statements take effect or none. Never build the text from what users provide.
    /// - Throws: `PostgresError`; `CancellationError` when the task is cancelled.
    public func executeScript(_ sql: String, fileID: String = #fileID, line: Int = #line) async throws {
        try await tracing.span(sql, at: CallSite(fileID: fileID, line: line), showsText: false) {
            _ = try await wire.run(script: sql)
        }
    }

    func source(of query: PostgresQuery, at site: CallSite) -> ResultSource {
        ResultSource(query: query.sql, site: site, domains: wire.domains)
    }
}
