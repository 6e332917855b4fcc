extension PostgresConnection {
    /// Runs `COPY … FROM STDIN` with the data that `body` writes. If `body` throws or the task is cancelled, the server
    /// throws all of it away, and the connection stays usable.
    /// - Parameter sql: the statement, such as `COPY events (id, name) FROM STDIN`.
    /// - Returns: the number of rows copied.
    /// - Throws: what `body` throws; `PostgresError`, for instance about a row that the table does not take;
    ///   `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func copyIn(
        _ sql: String, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        try await tracing.span(sql, at: CallSite(fileID: fileID, line: line)) { try await copy(sql, body) }
    }

    private nonisolated(nonsending) func copy(
        _ sql: String, _ body: nonisolated(nonsending) (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        do {
            try await wire.beginCopyIn(sql)
            do {
                let writer = PostgresCopyWriter(wire)
                try await body(writer)
                try await writer.flush()
                return try await wire.endCopyIn()
            } catch {
                await endAfterFailure("A COPY") { try await wire.abortCopyIn() }
                throw error
            }
        } catch let error as PostgresError {
            throw error.inQuery(sql)
        }
    }
}
