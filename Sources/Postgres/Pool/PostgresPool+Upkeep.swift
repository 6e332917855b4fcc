import Logging
import Synchronization

extension PostgresPool {
    /// Does what the state machine decided.
    nonisolated(nonsending) func perform(_ actions: State.Actions) async {
        begin(actions)
        for connection in actions.close { await connection.close() }
        if actions.isDrained { resumeDrained() }
    }

    /// The part of `perform` that takes no time.
    func begin(_ actions: State.Actions) {
        for (waiter, lease) in actions.lend { waiter.resume(returning: lease) }
        for (waiter, reason) in actions.refuse {
            if case .timedOut = reason { metrics.timedOut() }
            waiter.resume(throwing: PostgresError(reason, configuration.acquireTimeout))
        }
        for slot in actions.open { open(slot) }
        if let timer = actions.timer { tick(at: timer) }
        for loan in actions.overdue {
            metrics.leaked()
            logger.warning(
                "A PostgreSQL connection has not come back to its pool for \(ContinuousClock.now - loan.since)",
                metadata: ["pool": "\(configuration.name)", "borrowed at": "\(loan.place)"])
        }
    }

    private func tick(at instant: ContinuousClock.Instant) {
        background.run { [weak self] in
            // Thrown when the pool is closed.
            guard (try? await Task.sleep(until: instant)) != nil, let self else { return }
            let (actions, statistics) = state.withLock { ($0.tick(now: .now), $0.statistics) }
            metrics.record(statistics)
            await perform(actions)
        }
    }

    private func open(_ slot: Int) {
        background.run { [weak self, server = configuration.server, logger] in
            let start = ContinuousClock.now
            do {
                let connection = try await PostgresConnection.connect(server, logger: logger)
                await self?.opened(slot, connection, since: start)
            } catch {
                await self?.failed(slot, error)
            }
        }
    }

    private func opened(_ slot: Int, _ connection: PostgresConnection, since start: ContinuousClock.Instant) async {
        metrics.opened(within: .now - start)
        let (hadFailed, actions) = state.withLock {
            ($0.backOff.lastFailure != nil, $0.opened(slot, connection, now: .now))
        }
        if hadFailed {
            logger.notice("PostgreSQL takes connections again", metadata: ["pool": "\(configuration.name)"])
        }
        await perform(actions)
    }

    private func failed(_ slot: Int, _ error: any Error) async {
        metrics.failedToOpen()
        let isPermanent = (error as? PostgresError)?.isPermanent ?? false
        let (hadFailed, actions) = state.withLock {
            (
                $0.isClosed || $0.backOff.lastFailure != nil,
                $0.failed(slot, error, isPermanent: isPermanent, now: .now)
            )
        }
        logger.log(
            level: hadFailed ? .debug : .warning, "Cannot connect to PostgreSQL: \(error)",
            metadata: ["pool": "\(configuration.name)"])
        await perform(actions)
    }
}
