extension Wire {
    /// Starts a COPY FROM STDIN; until `endCopyIn`, nothing else can run.
    nonisolated func beginCopyIn(_ sql: String) async throws {
        try await beginCopy(sql, .copyIn, .copyIn, otherwise: "the statement is not a COPY FROM STDIN")
    }

    /// Starts a COPY of the direction that is asked for.
    nonisolated func beginCopy(
        _ sql: String, _ wanted: ResultHandle.Status, _ mode: Mode, otherwise misuse: String
    ) async throws {
        try PostgresQuery.validate(sql)
        try await inTurn { wire in
            try wire.admit(StatementScope(sql))
            // The extended protocol refuses texts of several statements.
            guard try wire.ready().send(sql, PostgresBindings()) else { throw try wire.sendFailure() }
            try await wire.flush()
            guard let first = try await wire.nextResult() else {
                throw PostgresError(.copyMisuse, "an empty statement")
            }
            switch first.status {
            case wanted:
                wire.mode = mode
                return
            case .failure:
                while try await wire.nextResult() != nil {}
                throw try wire.outcome(wire.error(first))
            case .copyIn, .copyOut, .copyBoth: try await wire.leaveUnwantedCopy(first.status)
            default: break
            }
            while try await wire.nextResult() != nil {}
            throw PostgresError(.copyMisuse, misuse)
        }
    }

    /// Sends data; returns when the system has taken it, so that a slow server slows the caller down.
    nonisolated func putCopyData(_ bytes: [UInt8]) async throws {
        try await inTurn { wire in
            guard wire.mode == .copyIn else { throw PostgresError(.copyMisuse, "the COPY has ended") }
            while true {
                guard let taken = bytes.withUnsafeBytes({ wire.handle?.putCopyData($0) ?? nil }) else {
                    throw try wire.brokenCopy()
                }
                if taken { break }
                _ = try await wire.ready([.read, .write])
            }
            try await wire.flush()
            if wire.cancellation.isRequested { throw CancellationError() }
        }
    }

    /// Ends the COPY and returns the number of rows copied.
    nonisolated func endCopyIn() async throws -> Int {
        try await inTurn { wire in
            try await wire.sendCopyEnd(nil)
            return try await wire.allResults().affectedRows
        }
    }

    /// Makes the server throw away what it has received. Runs to its end even in a cancelled task.
    nonisolated func abortCopyIn() async throws {
        let isCancelled = Task.isCancelled
        try await inTurn(shielded: true) { wire in
            guard wire.mode == .copyIn, wire.handle != nil else { return }
            // The server may be waiting for a lock and not look at what we send.
            if isCancelled { wire.cancelRunning() }
            try await wire.sendCopyEnd("the client gave the COPY up")
            do {
                _ = try await wire.allResults()
            } catch let error as PostgresError where error.code == .server {
                // The server confirms with an error that it has thrown the data away.
            } catch is CancellationError {
                // Or with another error when it was cancelled first.
            }
        }
    }

    private func sendCopyEnd(_ failure: String?) async throws {
        guard mode == .copyIn else { throw PostgresError(.copyMisuse, "the COPY has ended") }
        while true {
            guard let taken = handle?.putCopyEnd(failure: failure) else { throw try brokenCopy() }
            if taken { break }
            _ = try await ready([.read, .write])
        }
        mode = .statements
    }

    private func brokenCopy() throws -> PostgresError {
        let message = handle?.errorMessage ?? "the connection was closed during the COPY"
        shut()
        return PostgresError(.connectionLost, message)
    }
}
