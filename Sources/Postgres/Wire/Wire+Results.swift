import Logging

extension Wire {
    /// Sends what libpq still holds back; reads meanwhile, since the server may wait for us to.
    func flush() async throws {
        while let handle, let isDone = handle.flush(), !isDone {
            let readiness = try await ready([.read, .write])
            if readiness.contains(.read) { _ = handle.consumeInput() }
        }
        // A broken connection reports itself as a result.
    }

    /// The running statement's next result; `nil` when it is over.
    func nextResult() async throws -> ResultHandle? {
        while true {
            let handle = try present()
            guard handle.isBusy else { return handle.nextResult() }
            try await receive()
        }
    }

    /// Waits until something arrives, and takes it. When the connection broke, libpq makes that the next result.
    func receive() async throws {
        _ = try await ready(.read)
        _ = try present().consumeInput()
    }

    /// Reads everything that the running statement returns.
    /// - Returns: its last result.
    /// - Throws: the first failure, when all is read and the connection is ready again.
    func allResults() async throws -> ResultHandle {
        try await flush()
        var last: ResultHandle?
        var failure: PostgresError?
        while let result = try await nextResult() {
            switch result.status {
            case .rows, .singleRow, .command, .empty: last = result
            case .failure, .pipelineSync, .pipelineAborted: failure = failure ?? error(result)
            case .copyIn, .copyOut, .copyBoth:
                failure = failure ?? Self.copyMisuse
                try await leaveUnwantedCopy(result.status)
            }
        }
        if let failure { throw try outcome(failure) }
        guard let last else { throw try outcome(PostgresError(.connectionLost, "the server returned no result")) }
        return last
    }

    private static var copyMisuse: PostgresError {
        PostgresError(.copyMisuse, "COPY needs copyIn; it cannot be run as a plain statement")
    }

    /// What a failure becomes once the connection's fate is known.
    func outcome(_ failure: PostgresError) throws -> PostgresError {
        if handle?.isBad ?? true || failure.server?.endsSession == true {
            shut()
            return failure.sqlState == nil
                ? lost(failure.message) : PostgresError(.connectionLost, failure.message, server: failure.server)
        }
        if let cause = state.cause, failure.sqlState == PostgresSQLState.queryCancelled {
            throw cancellationError(cause)
        }
        return failure
    }

    /// The error that a failed result stands for.
    func error(_ result: ResultHandle) -> PostgresError {
        let fields = result.failureFields
        return PostgresError(fields.sqlState == nil ? .connectionLost : .server, fields.message, server: fields)
    }

    /// The error when libpq refused to send.
    func sendFailure() throws -> PostgresError {
        let handle = try open()
        return try outcome(PostgresError(.connectionLost, handle.errorMessage))
    }

    /// Waits for the socket.
    /// - Throws: when the connection is closed meanwhile, as it is when the server does not answer in time.
    func ready(_ wanted: Readiness) async throws -> Readiness {
        if wanted.contains(.read), let handle, handle.hasBufferedInput { return .read }
        let readiness = await waitForSocket(wanted)
        guard !readiness.isEmpty else { throw closedError }
        return readiness
    }

    /// The connection in the middle of an operation: when it is gone, it was lost.
    private func present() throws -> ConnectionHandle {
        guard let handle else { throw closedError }
        return handle
    }

    func leaveUnwantedCopy(_ status: ResultHandle.Status) async throws {
        switch status {
        case .copyIn:
            while let handle, handle.putCopyEnd(failure: "COPY is not expected here") == false {
                _ = try await ready([.read, .write])
            }
            try await flush()
        case .copyOut:
            while let handle, !handle.discardCopyData() {
                _ = try await ready(.read)
                _ = handle.consumeInput()
            }
        default: shut()  // replication: there is no way back
        }
    }
}
