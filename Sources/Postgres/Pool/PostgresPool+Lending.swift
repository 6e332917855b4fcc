import Logging
import Synchronization

extension PostgresPool {
    /// A connection for the caller, who must `release` it.
    nonisolated(nonsending) func acquire(from place: CallSite) async throws -> State.Lease {
        try Task.checkCancellation()
        let request = state.withLock { $0.request(from: place, now: .now) }
        while true {
            let lease = try await lease(request)
            guard lease.mustTest else { return lease }
            if await lease.connection.answers(by: min(request.deadline, .now + Self.testLimit)) { return lease }
            logger.debug(
                "Dropped a PostgreSQL connection that does not answer",
                metadata: ["pid": "\(lease.connection.backendProcessID)"])
            await release(lease)
            try Task.checkCancellation()
        }
    }

    /// Takes a connection back, in order or not.
    nonisolated(nonsending) func release(_ lease: State.Lease) async {
        await lease.connection.reset()
        let now = ContinuousClock.now
        metrics.used(for: now - lease.since)
        await perform(state.withLock { $0.release(lease.slot, now: now) })
    }

    /// How long a connection may take to show that it is alive. A server that is merely busy answers much sooner, and a
    /// new connection costs less than this.
    private static var testLimit: Duration { .seconds(2) }

    private nonisolated(nonsending) func lease(_ request: PoolRequest) async throws -> State.Lease {
        switch state.withLock({ $0.acquire(request, now: .now) }) {
        case .lent(let lease):
            metrics.waited(for: .zero)
            return lease
        case .closed: throw PostgresError.poolClosed
        case .waiting: break
        }
        let lease = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let (acquisition, actions) = state.withLock { $0.acquire(request, orWait: waiter, now: .now) }
                switch acquisition {
                case .lent(let lease): waiter.resume(returning: lease)
                case .closed: waiter.resume(throwing: PostgresError.poolClosed)
                case .waiting: if Task.isCancelled { giveUp(request) }
                }
                begin(actions)
            }
        } onCancel: {
            giveUp(request)
        }
        metrics.waited(for: lease.since - request.since)
        return lease
    }

    private func giveUp(_ request: PoolRequest) {
        state.withLock { $0.giveUp(request.ticket) }?.resume(throwing: CancellationError())
    }
}

extension PostgresConnection: PooledConnection {
    /// Whether the server answers in time. If it does not, or in a cancelled task, which waits no longer, the connection is
    /// closed.
    func answers(by deadline: ContinuousClock.Instant) async -> Bool {
        await withTaskCancellationHandler {
            await wire.probe(by: deadline)
        } onCancel: {
            Task { await wire.shut() }
        }
        return !isClosed
    }
}
