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
            if mode == .copyOut { try await wire.beginFrame(around: sql) } else { try wire.admit(StatementScope(sql)) }
            do {
                try await wire.startCopy(sql, wanted, otherwise: misuse)
                wire.mode = mode
            } catch {
                await wire.failFrame()
                throw error
            }
        }
    }

    private func startCopy(_ sql: String, _ wanted: ResultHandle.Status, otherwise misuse: String) async throws {
        // The extended protocol refuses texts of several statements.
        guard try ready().send(sql, PostgresBindings()) else { throw try sendFailure() }
        try await flush()
        guard let first = try await nextResult() else { throw PostgresError(.copyMisuse, "an empty statement") }
        switch first.status {
        case wanted: return
        case .failure:
            while try await nextResult() != nil {}
            throw try outcome(error(first))
        case .copyIn, .copyOut, .copyBoth: try await leaveUnwantedCopy(first.status)
        default: break
        }
        while try await nextResult() != nil {}
        throw PostgresError(.copyMisuse, misuse)
    }

    /// Sends data; returns when the system has taken it, so that a slow server slows the caller down.
    nonisolated func putCopyData(_ bytes: [UInt8]) async throws {
        try await inTurn { wire in
            guard wire.mode == .copyIn else { throw PostgresError(.copyMisuse, "the COPY has ended") }
            for piece in CopyPieces(count: bytes.count) {
                while true {
                    let taken = bytes.withUnsafeBytes { wire.handle?.putCopyData(.init(rebasing: $0[piece])) ?? nil }
                    guard let taken else { throw wire.brokenCopy() }
                    if taken { break }
                    _ = try await wire.ready([.read, .write])
                }
                try await wire.flush()
                if let cause = wire.state.cause { throw wire.cancellationError(cause) }
            }
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
        try await inTurn(shielded: true, within: limits.control) { wire in
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
            guard let taken = handle?.putCopyEnd(failure: failure) else { throw brokenCopy() }
            if taken { break }
            _ = try await ready([.read, .write])
        }
        mode = .statements
    }

    private func brokenCopy() -> PostgresError {
        let message = handle?.errorMessage ?? "the connection was closed during the COPY"
        shut()
        return lost(message)
    }
}

/// Data of any size in messages that the server takes: it refuses those of more than 1 GB.
struct CopyPieces: Sequence, IteratorProtocol {
    private static let largest = 1 << 20

    private let count: Int
    private var position = 0

    init(count: Int) { self.count = count }

    mutating func next() -> Range<Int>? {
        guard position < count else { return nil }
        let start = position
        position += Swift.min(Self.largest, count - position)
        return start..<position
    }
}

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
