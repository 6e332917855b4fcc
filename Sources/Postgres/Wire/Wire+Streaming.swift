extension Wire {
    /// Runs a statement whose rows are fetched piece by piece; until `endStream`, nothing else can run.
    nonisolated func beginStream(_ query: PostgresQuery) async throws {
        try query.validate()
        try await inTurn { wire in
            try await wire.beginFrame(around: query.sql, readsRows: true)
            do {
                let handle = try wire.ready()
                guard handle.send(query.sql, query.bindings), handle.enableSingleRowMode() else {
                    throw try wire.sendFailure()
                }
                try await wire.flush()
                wire.mode = .streaming
                wire.stream = StreamedRows()
            } catch {
                await wire.failFrame()
                throw error
            }
        }
    }

    /// The next rows: those that have arrived, at least one; `nil` at the end.
    ///
    /// While the caller works on them, the reactor goes on to take what arrives.
    /// - Throws: the failure that ended the stream, after its last row.
    nonisolated func nextRows() async throws -> ResultHandle? {
        try await inTurn { wire in
            guard wire.mode == .streaming else {
                // A connection that was closed meanwhile must not look like the end of the rows.
                _ = try wire.open()
                return nil
            }
            while true {
                wire.takeArrivedRows()
                if let rows = wire.stream.takeRows() {
                    // For the next stream: nothing can be asked now.
                    for type in rows.arraysOfUserDefinedTypes { _ = wire.domains.knows(type) }
                    return rows
                }
                if wire.stream.isOver {
                    do {
                        try await wire.conclude(wire.stream.end)
                    } catch {
                        await wire.failFrame()
                        throw error
                    }
                    try await wire.completeFrame()
                    return nil
                }
                try await wire.receive()
            }
        }
    }

    /// Takes the rows that are here, as far as there is room, and what follows the last one.
    func takeArrivedRows() {
        while stream.hasRoom, let handle, hasArrived(handle) {
            stream.receive(from: handle)
        }
    }

    /// Whether the next result is here, or has come meanwhile.
    private func hasArrived(_ handle: ConnectionHandle) -> Bool {
        guard handle.isBusy else { return true }
        // When the connection broke, libpq makes that the next result.
        _ = handle.consumeInput()
        return !handle.isBusy
    }

    /// Reads whatever the statement has left after its rows.
    private func conclude(_ end: ResultHandle?) async throws {
        mode = .statements
        guard let end else { return }
        let failure: PostgresError
        switch end.status {
        case .copyIn, .copyOut, .copyBoth:
            failure = PostgresError(.copyMisuse, "COPY cannot be streamed as rows")
            if end.status == .copyOut { cancelRunning() }
            try await leaveUnwantedCopy(end.status)
        default: failure = error(end)
        }
        while try await nextResult() != nil {}
        throw try outcome(failure)
    }

    /// Stops the statement if its reader has not seen the end, and undoes what it did: it is the same whether few rows
    /// were left or many. Runs to its end even in a cancelled task.
    nonisolated func endStream() async throws {
        try await inTurn(shielded: true, within: limits.control) { wire in
            guard wire.mode == .streaming, wire.handle != nil else { return }
            let (isOver, end) = (wire.stream.isOver, wire.stream.end)
            wire.stream = StreamedRows()
            try await wire.leave { wire in
                if isOver {
                    try await wire.conclude(end)
                } else {
                    wire.mode = .statements
                    wire.cancelRunning()
                    _ = try await wire.allResults()
                }
            }
        }
    }
}

/// What a stream has received and not handed over yet.
struct StreamedRows: ~Copyable {
    /// How much it takes in advance: this many rows, or rows with this many bytes.
    private static let (mostRows, mostBytes) = (512, 1 << 20)

    private var rows = RowCollector()
    /// Nothing follows.
    private(set) var isOver = false
    /// What ended the rows, if not the end of the statement.
    private(set) var end: ResultHandle?

    var hasRoom: Bool {
        !isOver && rows.rowCount < StreamedRows.mostRows && rows.byteCount < StreamedRows.mostBytes
    }

    /// Takes a result that has arrived.
    mutating func receive(from handle: ConnectionHandle) {
        switch handle.nextResult(collectingRowIn: &rows) {
        case .row: break
        case .none: isOver = true
        case .other(let result):
            switch result.status {
            case .rows, .command, .empty: break  // the end of the rows; the statement's own end follows
            default: (isOver, end) = (true, result)
            }
        }
    }

    mutating func takeRows() -> ResultHandle? { rows.take() }
}
