import FoundationEssentials
public import Logging
import MiyabiDatabase
public import MiyabiHome
import MiyabiSystem
public import Postgres

/// Runs the embedded halves: starts them in order, watches them, and stops them in the reverse order.
///
/// One supervisor a home, kept so by a lock that the kernel drops with the process. PostgreSQL runs as a child process, the
/// DynamoDB engine and its service in this process. A half that is external is checked and left alone.
public struct Supervisor: Sendable {
    /// What to run, and where.
    public private(set) var settings: Settings
    /// Whether to migrate an external database and to make the tables of an external DynamoDB too.
    public let preparesExternal: Bool
    let startDynamoDB: EmbeddedDynamoDBStarter
    let monitor: MonitorStarter?
    let logger: Logger
    /// What certificates are compared with.
    var now: @Sendable () -> Date = { Date() }

    /// A supervisor for a home; nothing happens before ``run(until:whenReady:)``.
    public init(
        settings: Settings, preparesExternal: Bool = false, logger: Logger,
        startDynamoDB: @escaping EmbeddedDynamoDBStarter, monitor: MonitorStarter? = nil
    ) {
        self.monitor = monitor
        self.settings = settings
        self.preparesExternal = preparesExternal
        self.startDynamoDB = startDynamoDB
        self.logger = logger
    }

    /// Starts everything, tells how to connect, and returns after everything is stopped again. Where both halves are
    /// external, it relays the outbox between them.
    ///
    /// - Parameters:
    ///   - halt: Ends the run. A second request ends PostgreSQL without a checkpoint.
    ///   - whenReady: Called once, when both halves serve.
    /// - Throws: `alreadyRunning`; whatever keeps a half from starting or ends it by itself, after the rest was stopped.
    public func run(
        until halt: Halt, whenReady: @escaping @Sendable (ConnectionDetails) async throws -> Void
    ) async throws {
        defer { halt.finish() }
        let home = settings.home
        try home.create(account: ServiceAccount.required())
        guard let lock = try FileLock(home.lockFile) else { throw Self.alreadyRunning(home) }
        defer { lock.release() }
        try home.refuseUnfinishedRestore()
        let transport =
            try settings.hasNothingEmbedded
            ? .plain : EmbeddedTransport.prepare(settings, now: now(), logger: logger)
        let halves = RunningHalves(home: home, transport: transport, listen: settings.tls.listen, logger: logger)
        do {
            var supervisor = self
            supervisor.settings = try settings.withPortsOfLastRun()
            try await supervisor.start(halves, until: halt)
            let details = ConnectionDetails(settings: settings, state: await halves.state)
            if !details.lines.isEmpty { try details.write(to: home) }
            try await halves.isReady()
            try await whenReady(details)
            try await watch(halves, until: halt)
        } catch {
            let wasAsked = halt.isRequested
            await halves.stop(halt: halt)
            // What breaks off because it was asked to is no failure.
            if !wasAsked { throw error }
            logger.debug("interrupted: \(error)")
        }
    }

    /// The error for a second supervisor in the same home.
    static func alreadyRunning(_ home: MiyabiHome) -> OperationsError {
        let state = (try? EnvironmentState.current(of: home)) ?? nil
        let process = state.map { "process \($0.pid), \($0.phase.rawValue)" }
        return OperationsError(
            .alreadyRunning, "Miyabi already runs in \(home) (\(process ?? "just starting"))",
            advice: "\(home.environmentFile) says how to connect; `miyabi status` shows more; `miyabi down` stops it.")
    }

    /// Starts in a task of its own, so that a request to stop can cancel it at any step.
    private func start(_ halves: RunningHalves, until halt: Halt) async throws {
        let work = Task {
            // What can fail at once comes before the minutes that a first start may take.
            try await checkDynamoDB(halves)
            try await startPostgres(halves)
            if settings.dynamoDB.location == .embedded { try await startDynamoDB(halves) }
        }
        let interruption = Task {
            await halt.requested()
            work.cancel()
        }
        defer { interruption.cancel() }
        try await work.value
        if halt.isRequested { throw CancellationError() }
    }

    /// Waits until somebody asks to stop or a half ends by itself; then stops both.
    private func watch(_ halves: RunningHalves, until halt: Halt) async throws {
        let (postgres, dynamoDB) = await (halves.postgres, halves.dynamoDB)
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let postgres {
                group.addTask { try await postgres.watch { pid in await halves.postgresRestarted(pid: pid) } }
            }
            if let dynamoDB {
                group.addTask {
                    try await dynamoDB.serve()
                    if !halt.isRequested { throw OperationsError(.dynamoDB, "the DynamoDB service ended by itself") }
                }
            }
            group.addTask { try await relayOutbox(of: halves, until: halt) }
            group.addTask { await renewCertificate(of: halves, until: halt) }
            group.addTask { try await receiveLog(of: halves, until: halt) }
            group.addTask { await watchFigures(of: halves, until: halt) }
            // The first to end decides. Then both halves are stopped, which ends the other tasks.
            let first = await group.nextResult()
            await halves.stop(halt: halt)
            halt.finish()
            group.cancelAll()
            while await group.nextResult() != nil {}
            try first?.get()
        }
    }
}

extension MiyabiHome {
    /// Refuses a home of which a restore has made only a part.
    func refuseUnfinishedRestore() throws(OperationsError) {
        guard Files.exists(restoreMark) else { return }
        throw OperationsError(
            .unusableHome, "a restore into \(self) was interrupted, and the home is incomplete",
            advice: "Run the restore again: miyabi restore. Or delete the home: miyabi reset")
    }
}

/// Watches both halves until its task is cancelled. The program brings it along, as it does the engine.
///
/// It is given how to connect to PostgreSQL, as the monitor's login and as the application's, and the embedded DynamoDB, if
/// there is one. What goes wrong in it stays in it.
public typealias MonitorStarter =
    @Sendable (
        _ postgres: PostgresConfiguration?, _ work: PostgresConfiguration?, _ dynamoDB: (any EmbeddedDynamoDB)?
    ) async -> Void

extension Supervisor {
    /// Keeps the halves' certificate fresh until somebody asks to stop.
    func renewCertificate(of halves: RunningHalves, until halt: Halt) async {
        guard halves.transport.tls != nil else { return await halt.requested() }
        await CertificateRenewal(CertificateStore(settings), logger: logger, now: now)
            .run(while: { !halt.isRequested }, reload: { try await halves.reloadCertificate() })
    }

    /// Runs the monitor until somebody asks to stop. Its end, whatever the reason, ends nothing else.
    func watchFigures(of halves: RunningHalves, until halt: Halt) async {
        guard let monitor, settings.monitor.isEnabled else { return await halt.requested() }
        let server = await halves.postgres
        let logins = [DatabaseLogin.monitor, .application].map { login -> PostgresConfiguration? in
            if settings.postgres.url == nil { return try? server?.configuration(of: login) }
            return try? settings.postgres.configuration(settings.address(of: login))
        }
        let dynamoDB = await halves.dynamoDB
        await withTaskGroup { group in
            group.addTask {
                await monitor(logins[0], logins[1], dynamoDB)
                await halt.requested()
            }
            group.addTask { await halt.requested() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Relays the outbox between both halves, whichever of them is external, until somebody asks to stop.
    func relayOutbox(of halves: RunningHalves, until halt: Halt) async throws {
        let configuration =
            if let url = settings.postgres.url { try settings.postgres.configuration(url.exposed) } else {
                try await halves.postgres?.configuration(of: .application)
            }
        guard let configuration else { return await halt.requested() }
        var pool = PostgresPoolConfiguration(configuration, maximumConnections: 2)
        pool.name = "outbox"
        let tables: DatabaseConfiguration.DynamoDBHalf =
            if let embedded = await halves.dynamoDB { .shared(embedded.api) } else {
                .client(settings.dynamoDBClient())
            }
        let database = try Database(DatabaseConfiguration(postgres: pool, dynamoDB: tables), logger: logger)
        let relay = OutboxRelay(database)
        await withTaskGroup { group in
            group.addTask { await relay.run() }
            group.addTask { await halt.requested() }
            await group.next()
            group.cancelAll()
        }
        try await database.close()
    }
}
