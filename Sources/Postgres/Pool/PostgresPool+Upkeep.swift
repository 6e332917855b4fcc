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
                "A PostgreSQL connection has not been returned to its pool for \(ContinuousClock.now - loan.since)",
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
            logger.notice("PostgreSQL accepts connections again", metadata: ["pool": "\(configuration.name)"])
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

/// Runs jobs as children of one task, which ends with its owner: none of them outlives it.
final class BackgroundTasks: Sendable {
    typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>.Continuation
    private let parent: Task<Void, Never>

    init() {
        let (stream, jobs) = AsyncStream.makeStream(of: Job.self)
        self.jobs = jobs
        parent = Task {
            await withDiscardingTaskGroup { group in
                for await job in stream { group.addTask { await job() } }
            }
        }
    }

    deinit { parent.cancel() }

    /// Starts `job`. It must not hold the owner while it waits. After `stop` nothing starts any more.
    func run(_ job: @escaping Job) { jobs.yield(job) }

    /// Cancels all jobs and returns when they have ended.
    func stop() async {
        parent.cancel()
        await parent.value
    }
}

extension PostgresError {
    static var poolClosed: PostgresError { PostgresError(.poolClosed, "the pool is closed") }

    init(_ refusal: PoolRefusal, _ acquireTimeout: Duration) {
        switch refusal {
        case .closed: self = .poolClosed
        case .cannotConnect(let error):
            self = error as? PostgresError ?? PostgresError(.connectFailed, "cannot connect: \(error)")
        case .timedOut(let pool, let failure):
            var message = """
                no connection became free within \(acquireTimeout): \(pool.inUse) of \(pool.connections) in use, \
                \(pool.opening) being opened, \(pool.waiting) waiting
                """
            if let failure { message += "; the last attempt to connect failed: \(failure)" }
            self.init(.acquireTimeout, message, server: (failure as? PostgresError)?.server)
        }
    }

    /// Whether connecting fails in a way that trying again does not help: the server refuses the login (SQLSTATE classes
    /// 28 and 42), there is no such database (3D), or the configuration is wrong.
    var isPermanent: Bool {
        code == .invalidConfiguration || ["28", "3D", "42"].contains(sqlState?.prefix(2) ?? "")
    }
}
