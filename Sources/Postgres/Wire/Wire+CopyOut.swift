extension Wire {
    /// Starts a COPY TO STDOUT; until `endCopyOut`, nothing else can run.
    nonisolated func beginCopyOut(_ sql: String) async throws {
        try await beginCopy(sql, .copyOut, .copyOut, otherwise: "the statement is not a COPY TO STDOUT")
    }

    /// The next piece of data, a row in the text and CSV formats; `nil` at the end.
    nonisolated func nextCopyData() async throws -> [UInt8]? {
        try await inTurn { wire in
            guard wire.mode == .copyOut else { return nil }
            while true {
                guard let handle = wire.handle else {
                    throw PostgresError(.connectionLost, "the connection was closed during the COPY")
                }
                switch handle.nextCopyData() {
                case .data(let bytes): return bytes
                case .ended:
                    wire.mode = .statements
                    _ = try await wire.allResults()
                    return nil
                case .notYet:
                    _ = try await wire.ready(.read)
                    _ = wire.handle?.consumeInput()
                }
            }
        }
    }

    /// Stops the COPY if data is left. Runs to its end even in a cancelled task.
    nonisolated func endCopyOut() async throws {
        try await inTurn(shielded: true) { wire in
            guard wire.mode == .copyOut, wire.handle != nil else { return }
            wire.mode = .statements
            wire.cancelRunning()
            do {
                try await wire.leaveUnwantedCopy(.copyOut)
                _ = try await wire.allResults()
            } catch is CancellationError {
                // The server confirms that it has stopped.
            } catch let error as PostgresError where error.code == .server {
                // The statement failed by itself meanwhile; nobody wants its data any more.
            }
        }
    }
}
