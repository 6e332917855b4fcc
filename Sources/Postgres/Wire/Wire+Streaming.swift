extension Wire {
    /// Runs a statement whose rows are fetched piece by piece; until `endStream`, nothing else can run.
    func beginStream(_ query: PostgresQuery) async throws {
        try query.validate()
        try await inTurn {
            let handle = try ready()
            guard handle.send(query.sql, query.bindings), handle.enableSingleRowMode() else { throw try sendFailure() }
            mode = .streaming
            do {
                try await flush()
            } catch {
                mode = .statements
                throw error
            }
        }
    }

    /// The next rows, one a result: those that have arrived, at least one and at most `limit`. Empty at the end.
    /// - Throws: the statement's failure; the stream has ended then.
    func nextRows(limit: Int) async throws -> [ResultHandle] {
        guard mode == .streaming else { return [] }
        return try await inTurn {
            var rows: [ResultHandle] = []
            repeat {
                guard let result = try await nextResult() else {
                    mode = .statements
                    break
                }
                switch result.status {
                case .singleRow: rows.append(result)
                case .rows, .command, .empty: break  // the end of the rows; the statement's own end follows
                case .failure:
                    mode = .statements
                    while try await nextResult() != nil {}
                    throw try outcome(error(result))
                case .copyIn, .copyOut, .copyBoth:
                    mode = .statements
                    try await leaveUnwantedCopy(result.status)
                    while try await nextResult() != nil {}
                    throw PostgresError(.copyMisuse, "COPY cannot be streamed as rows")
                }
            } while rows.count < limit && (rows.isEmpty || handle?.isBusy == false)
            return rows
        }
    }

    /// Stops the statement if rows are left. Runs to its end even in a cancelled task.
    func endStream() async throws {
        guard mode == .streaming, handle != nil else { return }
        try await inTurn(shielded: true) {
            mode = .statements
            cancelRunning()
            do {
                _ = try await allResults()
            } catch is CancellationError {
                // The server confirms that it has stopped.
            } catch let error as PostgresError where error.code == .server {
                // The statement failed by itself meanwhile; nobody wants its rows any more.
            }
        }
    }
}
