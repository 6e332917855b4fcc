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
                guard let handle = wire.handle else { throw wire.lost("the connection was closed during the COPY") }
                switch handle.nextCopyData() {
                case .data(let bytes): return bytes
                case .ended:
                    wire.mode = .statements
                    do {
                        _ = try await wire.allResults()
                    } catch {
                        await wire.failFrame()
                        throw error
                    }
                    try await wire.completeFrame()
                    return nil
                case .notYet:
                    _ = try await wire.ready(.read)
                    _ = wire.handle?.consumeInput()
                }
            }
        }
    }

    /// Stops the COPY if its reader has not seen the end, and undoes what it did, as `endStream`. Runs to its end even in a
    /// cancelled task.
    nonisolated func endCopyOut() async throws {
        try await inTurn(shielded: true, within: limits.control) { wire in
            guard wire.mode == .copyOut, wire.handle != nil else { return }
            wire.mode = .statements
            try await wire.leave { wire in
                wire.cancelRunning()
                try await wire.leaveUnwantedCopy(.copyOut)
                _ = try await wire.allResults()
            }
        }
    }
}
