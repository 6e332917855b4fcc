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

    /// Rows of a stream, one a result, and the failure that ended it after them.
    struct Piece: Sendable {
        var rows: ArraySlice<ResultHandle> = []
        var failure: (any Error)?
    }

    /// The next rows: those that have arrived, at least one and at most `limit`. Nothing at the end.
    func nextRows(limit: Int) async throws -> Piece {
        guard mode == .streaming else { return Piece() }
        return try await inTurn {
            var piece = Piece()
            do {
                repeat {
                    guard let row = try await nextRow() else { break }
                    piece.rows.append(row)
                } while piece.rows.count < limit && handle?.isBusy == false
            } catch {
                piece.failure = error
            }
            return piece
        }
    }

    private func nextRow() async throws -> ResultHandle? {
        while let result = try await nextResult() {
            switch result.status {
            case .singleRow: return result
            case .rows, .command, .empty: continue  // the end of the rows; the statement's own end follows
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
        }
        mode = .statements
        return nil
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
