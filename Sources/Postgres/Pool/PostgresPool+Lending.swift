import Logging
import Synchronization

extension PostgresPool {
    /// A connection for the caller, who must `release` it.
    func acquire() async throws -> PostgresConnection {
        let deadline = ContinuousClock.now + acquireTimeout
        if case .connection(let connection) = try await grant(until: deadline) {
            if !connection.isClosed { return connection }
            // The server closed it while it was idle; its place is ours.
            logger.debug(
                "Replacing a broken PostgreSQL connection", metadata: ["pid": "\(connection.backendProcessID)"])
        }
        return try await open(until: deadline)
    }

    /// Takes a connection back, in order or not.
    func release(_ connection: PostgresConnection) async {
        await connection.endTransactions()
        guard !connection.isClosed else { return returnPermit() }
        let (award, mustClose) = state.withLock { $0.release(connection) }
        award.map { $0.waiter.resume(returning: $0.grant) }
        if mustClose {
            await connection.close()
            resumeIfDrained()
        }
    }

    /// Refuses new work, lets connections in use come back, and returns when all are closed. Closing twice does no harm.
    public func close() async {
        let (idle, waiters) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(throwing: Self.poolClosed) }
        for connection in idle { await connection.close() }
        await withCheckedContinuation { continuation in
            drained.withLock { $0.append(continuation) }
            resumeIfDrained()
        }
    }

    /// How many connections the pool has now, how many of them are in use, and how many tasks wait for one.
    public var statistics: (connections: Int, inUse: Int, waiting: Int) {
        state.withLock { ($0.count, $0.inUseCount, $0.waitingCount) }
    }

    // MARK: Steps

    private static var poolClosed: PostgresError { PostgresError(.poolClosed, "the pool is closed") }

    private func grant(until deadline: ContinuousClock.Instant) async throws -> PoolGrant<PostgresConnection> {
        try Task.checkCancellation()
        switch state.withLock({ $0.acquire() }) {
        case .granted(let grant): return grant
        case .closed: throw Self.poolClosed
        case .waiting: break
        }

        let ticket = state.withLock { $0.nextTicket() }
        let timer = Task {
            try await Task.sleep(until: deadline)
            self.giveUp(ticket, with: self.timeoutError())
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch state.withLock({ $0.acquire(ticket, orWait: continuation) }) {
                case .granted(let grant): continuation.resume(returning: grant)
                case .closed: continuation.resume(throwing: Self.poolClosed)
                case .waiting: if Task.isCancelled { giveUp(ticket, with: CancellationError()) }
                }
            }
        } onCancel: {
            giveUp(ticket, with: CancellationError())
        }
    }

    private func open(until deadline: ContinuousClock.Instant) async throws -> PostgresConnection {
        do {
            var configuration = configuration
            let remaining = max(.milliseconds(1), deadline - .now)
            if configuration.connectTimeout == .zero || configuration.connectTimeout > remaining {
                configuration.connectTimeout = remaining
            }
            return try await PostgresConnection.connect(configuration, logger: logger)
        } catch {
            returnPermit()
            throw error
        }
    }

    private func returnPermit() {
        let award = state.withLock { $0.permitReturned() }
        award.map { $0.waiter.resume(returning: $0.grant) }
        resumeIfDrained()
    }

    private func giveUp(_ ticket: State.Ticket, with error: any Error) {
        state.withLock { $0.giveUp(ticket) }?.resume(throwing: error)
    }

    private func timeoutError() -> PostgresError {
        let (connections, inUse, waiting) = statistics
        return PostgresError(
            .acquireTimeout,
            "no connection became free within \(acquireTimeout): \(inUse) of \(connections) in use, \(waiting) waiting")
    }

    private func resumeIfDrained() {
        guard state.withLock({ $0.isClosed && $0.count == 0 }) else { return }
        let continuations = drained.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        for continuation in continuations { continuation.resume() }
    }
}
