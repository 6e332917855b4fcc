extension PostgresConnection {
    /// Runs a statement and returns all its rows.
    /// - Throws: `PostgresError`; `CancellationError` when the task is cancelled.
    public func query(_ query: PostgresQuery) async throws -> PostgresRows {
        try await tracing.span(query.sql) { PostgresRows(result: try await wire.run(query), query: query.sql) }
    }

    /// Runs a statement and returns the number of rows that it inserted, updated, deleted, merged or selected.
    /// - Throws: `PostgresError`; `CancellationError` when the task is cancelled.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws -> Int {
        try await tracing.span(query.sql) { try await wire.run(query).affectedRows }
    }

    /// Runs a text of any number of statements, without parameters. Unless the text begins transactions itself, either
    /// all of its statements take effect or none. Never build the text from what users provide.
    /// - Throws: `PostgresError`; `CancellationError` when the task is cancelled.
    public func executeScript(_ sql: String) async throws {
        try await tracing.span(sql, showsText: false) { _ = try await wire.run(script: sql) }
    }
}
