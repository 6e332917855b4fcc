extension PostgresConnection {
    /// Sends all statements before it reads the first answer: one round trip instead of one for each.
    ///
    /// Outside of a transaction either all of them take effect or none, unless one is a COMMIT. The first that fails has
    /// the server's error as its result; those behind it were skipped, and have an error with code `.pipelineAborted`.
    /// - Parameter queries: any statements but COPY; all their answers are held in memory.
    /// - Returns: as many results as there are queries, in their order.
    /// - Throws: `PostgresError` when the pipeline as a whole fails: `.connectionLost`, `.encodingFailed` (nothing was
    ///   sent), or `.copyMisuse`, which closes the connection; `CancellationError`.
    public func pipeline(
        _ queries: [PostgresQuery], fileID: String = #fileID, line: Int = #line
    ) async throws -> [Result<PostgresRows, PostgresError>] {
        guard !queries.isEmpty else { return [] }
        let site = CallSite(fileID: fileID, line: line)
        let results = try await tracing.span("PIPELINE", at: site, showsText: false) {
            try await wire.run(pipeline: queries)
        }
        return zip(results, queries).map { result, query in
            result.map { PostgresRows(result: $0, source: source(of: query, at: site)) }.mapError { error in
                var error = error
                error.site = site
                return error
            }
        }
    }
}
