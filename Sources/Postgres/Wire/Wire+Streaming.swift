extension Wire {
    /// Runs a statement whose rows are fetched piece by piece; until `endStream`, nothing else can run.
    nonisolated func beginStream(_ query: PostgresQuery) async throws {
        try query.validate()
        try await inTurn { wire in
            let handle = try wire.ready()
            try wire.admit(StatementScope(query.sql))
            guard handle.send(query.sql, query.bindings), handle.enableSingleRowMode() else {
                throw try wire.sendFailure()
            }
            wire.mode = .streaming
            do {
                try await wire.flush()
            } catch {
                wire.mode = .statements
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
    nonisolated func nextRows(limit: Int) async throws -> Piece {
        try await inTurn { wire in
            guard wire.mode == .streaming else { return Piece() }
            var piece = Piece()
            do {
                repeat {
                    guard let row = try await wire.nextRow() else { break }
                    piece.rows.append(row)
                } while piece.rows.count < limit && wire.hasArrived
            } catch {
                piece.failure = error
            }
            return piece
        }
    }

    /// Whether the next result is here, or has come meanwhile: a piece is handed over for as many rows as can be.
    private var hasArrived: Bool {
        guard let handle else { return false }
        return !handle.isBusy || handle.consumeInput() && !handle.isBusy
    }

    private func nextRow() async throws -> ResultHandle? {
        while let result = try await nextResult() {
            switch result.status {
            case .singleRow: return result
            case .rows, .command, .empty: continue  // the end of the rows; the statement's own end follows
            case .failure, .pipelineSync, .pipelineAborted:
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
    nonisolated func endStream() async throws {
        try await inTurn(shielded: true) { wire in
            guard wire.mode == .streaming, wire.handle != nil else { return }
            wire.mode = .statements
            wire.cancelRunning()
            do {
                _ = try await wire.allResults()
            } catch is CancellationError {
                // The server confirms that it has stopped.
            } catch let error as PostgresError where error.code == .server {
                // The statement failed by itself meanwhile; nobody wants its rows any more.
            }
        }
    }
}
