extension Wire {
    /// Starts a COPY FROM STDIN; until `endCopyIn`, nothing else can run.
    func beginCopyIn(_ sql: String) async throws {
        try PostgresQuery.validate(sql)
        try await inTurn {
            // The extended protocol refuses texts of several statements.
            guard try ready().send(sql, PostgresBindings()) else { throw try sendFailure() }
            try await flush()
            guard let first = try await nextResult() else { throw PostgresError(.copyMisuse, "an empty statement") }
            if first.status == .copyIn {
                mode = .copyIn
                return
            }
            if first.status == .failure {
                _ = try? await allResults()  // brings nothing after a failure but readiness
                throw try outcome(error(first))
            }
            if first.status == .copyOut { try await leaveUnwantedCopy(first.status) }
            while try await nextResult() != nil {}
            throw PostgresError(.copyMisuse, "the statement is not a COPY FROM STDIN")
        }
    }

    /// Sends data; returns when the system has taken it, so that a slow server slows the caller down.
    func putCopyData(_ bytes: [UInt8]) async throws {
        try await inTurn {
            guard mode == .copyIn else { throw PostgresError(.copyMisuse, "the COPY has ended") }
            while true {
                guard let taken = bytes.withUnsafeBytes({ handle?.putCopyData($0) ?? nil }) else {
                    throw try brokenCopy()
                }
                if taken { break }
                _ = try await ready([.read, .write])
            }
            try await flush()
            if cancellation.isRequested { throw CancellationError() }
        }
    }

    /// Ends the COPY and returns the number of rows copied.
    func endCopyIn() async throws -> Int {
        try await inTurn {
            try await sendCopyEnd(nil)
            return try await allResults().affectedRows
        }
    }

    /// Makes the server throw away what it has received. Runs to its end even in a cancelled task.
    func abortCopyIn() async throws {
        let isCancelled = Task.isCancelled
        try await inTurn(shielded: true) {
            guard mode == .copyIn, handle != nil else { return }
            // The server may be waiting for a lock and not look at what we send.
            if isCancelled { cancelRunning() }
            try await sendCopyEnd("the client gave the COPY up")
            do {
                _ = try await allResults()
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
