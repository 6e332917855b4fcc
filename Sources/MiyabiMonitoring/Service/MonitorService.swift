public import Logging
public import MiyabiHome
import MiyabiSystem
import NIOHTTP1
public import Postgres

/// Watches both halves: takes samples, keeps them in the home, judges alarms, and answers `/metrics`.
///
/// Part of `miyabi up`, and alone as `miyabi monitor`. What fails in it is told in the log, and never ends what it watches.
public struct MonitorService: Sendable {
    private let settings: Settings
    private let postgres: PostgresConfiguration?
    private let work: PostgresConfiguration?
    private let engine: EngineSource?
    private let logger: Logger

    /// - Parameters:
    ///   - postgres: how to read PostgreSQL's figures; nil for no PostgreSQL.
    ///   - work: how to read the outbox and executions, as a login that may become `service_role`.
    ///   - engine: the embedded engine; nil where DynamoDB is external or in another process.
    public init(
        _ settings: Settings, postgres: PostgresConfiguration?, work: PostgresConfiguration?, engine: EngineSource?,
        logger: Logger
    ) {
        (self.settings, self.postgres, self.work, self.engine) = (settings, postgres, work, engine)
        self.logger = logger
    }

    /// Goes on until its task is cancelled.
    public func run() async {
        do {
            try Files.makeDirectory(MetricHistory.directory(of: settings.home))
            guard let lock = try FileLock(MetricHistory.directory(of: settings.home) + "/lock") else {
                return logger.warning("another process watches \(settings.home)")
            }
            defer { lock.release() }
            await watch()
        } catch {
            logger.warning("the monitor cannot start: \(error)")
        }
    }

    private func watch() async {
        let notifier = AlarmNotifier(settings.monitor, logger: logger)
        var sources: [any MetricSource] = [HostSource(home: settings.home)]
        if let engine { sources.append(engine) }
        var closing: [@Sendable () async -> Void] = []
        do {
            if let postgres {
                let source = try PostgresSource(
                    postgres, slowEvery: .seconds(60) / settings.monitor.pace, logger: logger)
                sources.append(source)
                closing.append { await source.close() }
            }
            if let work {
                let source = try WorkSource(work, logger: logger)
                sources.append(source)
                closing.append { await source.close() }
            }
        } catch {
            logger.warning("the monitor cannot ask PostgreSQL: \(error)")
        }
        if !settings.hasNothingEmbedded { sources.append(KeepSource(settings, logger: logger)) }
        let monitor = Monitor(
            sources, home: settings.home, settings: settings.monitor, notifier: notifier, logger: logger)
        let server = await serve(monitor)
        await monitor.run()
        await server?.stop()
        await notifier.stop()
        for close in closing { await close() }
    }

    private func serve(_ monitor: Monitor) async -> MonitorServer? {
        let file = MonitorAddress(settings.home)
        // The port of the last run, so that what scrapes it finds it again.
        let wanted = settings.monitor.port.map { [$0] } ?? [file.port ?? 0, 0]
        for port in wanted {
            do {
                let server = try await MonitorServer(port: port) { path in await Self.page(path, monitor) }
                try file.write(server.port)
                logger.debug("metrics are on http://127.0.0.1:\(server.port)/metrics")
                return server
            } catch {
                if port == wanted.last { logger.warning("the monitor cannot serve /metrics on port \(port): \(error)") }
            }
        }
        return nil
    }

    private static func page(_ path: String, _ monitor: Monitor) async -> MonitorServer.Page {
        switch path {
        case "/metrics":
            return MonitorServer.Page(status: .ok, type: Exposition.contentType, body: await monitor.exposition)
        case "/health/live":
            let isLive = await monitor.isLive
            return MonitorServer.Page(status: isLive ? .ok : .serviceUnavailable, body: isLive ? "live\n" : "stalled\n")
        case "/health/ready":
            let problems = await monitor.notReady()
            return MonitorServer.Page(
                status: problems.isEmpty ? .ok : .serviceUnavailable,
                body: problems.isEmpty ? "ready\n" : problems.map { $0 + "\n" }.joined())
        default: return MonitorServer.Page(status: .notFound, body: "/metrics, /health/live, /health/ready\n")
        }
    }
}

/// Where a home's monitor serves, as it told last.
public struct MonitorAddress: Sendable {
    private let path: String

    /// The file of a home.
    public init(_ home: MiyabiHome) { path = MetricHistory.directory(of: home) + "/port" }

    /// The port on 127.0.0.1; nil where none was ever served.
    public var port: Int? {
        Files.read(path).flatMap { Int($0.filter(\.isNumber)) }.flatMap { (1...65_535).contains($0) ? $0 : nil }
    }

    func write(_ port: Int) throws(OperationsError) { try Files.write("\(port)\n", to: path) }
}
