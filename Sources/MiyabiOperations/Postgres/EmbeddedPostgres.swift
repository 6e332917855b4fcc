import Glibc
public import Logging
public import MiyabiHome
public import MiyabiSystem
public import Postgres

/// A PostgreSQL server of our own: made on first use, started, watched, restarted when it dies, and stopped.
public actor EmbeddedPostgres {
    /// How to run it.
    public struct Options: Sendable {
        /// The home that holds the cluster.
        public var home: MiyabiHome
        /// The TCP port on 127.0.0.1; 0 takes any free one.
        public var port: Int
        /// The directory of `initdb` and `postgres`; nil searches.
        public var binariesDirectory: String?
        /// The settings that follow from the machine.
        public var tuning: ServerTuning
        /// Where to search for programs last.
        public var path: String

        /// Makes options.
        public init(
            home: MiyabiHome, port: Int = 54_329, binariesDirectory: String? = nil, tuning: ServerTuning,
            path: String = "/usr/local/bin:/usr/bin:/bin"
        ) {
            self.home = home
            self.port = port
            self.binariesDirectory = binariesDirectory
            self.tuning = tuning
            self.path = path
        }
    }

    /// The port it listens on.
    public nonisolated let port: Int
    /// The version of the server, such as "15.14".
    public nonisolated var version: String { cluster.binaries.version }
    /// Whether this start made the cluster.
    public nonisolated var isNew: Bool { cluster.isNew }
    /// The directory of the cluster's data.
    public nonisolated var dataDirectory: String { cluster.location.data }

    nonisolated let cluster: PostgresCluster
    private let tuning: ServerTuning
    private let logger: Logger
    private var server: ChildProcess
    private var isStopping = false

    private init(cluster: PostgresCluster, port: Int, tuning: ServerTuning, server: ChildProcess, logger: Logger) {
        self.cluster = cluster
        self.port = port
        self.tuning = tuning
        self.server = server
        self.logger = logger
    }

    /// Makes the cluster where there is none, starts its server, and returns when it accepts connections.
    ///
    /// The caller holds the home's lock. Throws `missingProgram`, `portInUse`, `unusableHome` or `postgres`.
    public static func start(_ options: Options, logger: Logger) async throws(OperationsError) -> EmbeddedPostgres {
        let cluster = try await PostgresCluster.prepare(
            home: options.home, binariesDirectory: options.binariesDirectory, path: options.path, logger: logger)
        let port = options.port == 0 ? try LocalPort.anyFree() : options.port
        guard try LocalPort.isFree(port) else {
            throw LocalPort.inUse(port, option: "--postgres-port", variable: "MIYABI_POSTGRES_PORT")
        }
        let server = try await launch(cluster, tuning: options.tuning, port: port, logger: logger)
        return EmbeddedPostgres(cluster: cluster, port: port, tuning: options.tuning, server: server, logger: logger)
    }

    /// The server's process.
    public var pid: Int32 { server.pid }

    /// Watches the server until ``stop(within:)``. When it dies by itself it is started again, at most five times in a row
    /// with growing pauses; a minute of life counts as recovered. A start that fails counts as a death.
    ///
    /// - Parameter onRestart: told the new process's number.
    /// - Throws: `postgres` when it does not stay up.
    public func watch(onRestart: @Sendable (Int32) async -> Void = { _ in }) async throws(OperationsError) {
        var failures = 0
        while true {
            let started = ContinuousClock.now
            let exit = await server.exit
            if isStopping { return }
            logger.error("PostgreSQL died with \(exit)")
            if ContinuousClock.now - started > .seconds(60) { failures = 0 }
            var reason = "the last time with \(exit)"
            repeat {
                failures += 1
                guard failures <= 5 else {
                    throw OperationsError(
                        .postgres, "PostgreSQL died five times in a row, \(reason)",
                        advice: "Look into its log: miyabi logs --only postgres")
                }
                let pause = Duration.milliseconds(250 << failures)
                logger.notice("starting PostgreSQL again in \(pause)")
                await Polling.pause(pause)
                if isStopping { return }
                do throws(OperationsError) {
                    try await OrphanedServer(dataDirectory: cluster.location.data, logger: logger).stop()
                    server = try await Self.launch(cluster, tuning: tuning, port: port, logger: logger)
                } catch {
                    if isStopping || Task.isCancelled { return }
                    reason = "the last time because \(error)"
                    logger.error("\(error)")
                }
            } while server.ended != nil
            logger.notice("PostgreSQL is running again (process \(server.pid))")
            await onRestart(server.pid)
            if isStopping { server.signal(SIGINT) }
        }
    }

    /// Stops the server: sessions are ended and a checkpoint is written (a fast shutdown). After `patience`, at once, as
    /// after a crash: the next start recovers from the WAL.
    public func stop(within patience: Duration = .seconds(60)) async {
        isStopping = true
        let server = server
        server.signal(SIGINT)
        if await !Polling.until(within: patience, { server.ended != nil }) {
            logger.warning("PostgreSQL did not stop within \(patience); stopping it immediately")
            stopAtOnce()
            _ = await Polling.until(within: .seconds(10)) { server.ended != nil }
        }
        await Self.waitForLogWriter(of: cluster, logger: logger)
    }

    /// The writer of its log outlives the server by a moment.
    private static func waitForLogWriter(of cluster: PostgresCluster, logger: Logger) async {
        let rest = OrphanedServer(dataDirectory: cluster.location.data, logger: logger)
        _ = await Polling.until(within: .seconds(10)) { !rest.isRunning }
    }

    /// Stops without a checkpoint: for the second Ctrl-C. Returns at once; ``stop(within:)`` then ends.
    func stopAtOnce() {
        isStopping = true
        server.signal(SIGQUIT)
    }

    private static func launch(
        _ cluster: PostgresCluster, tuning: ServerTuning, port: Int, logger: Logger
    ) async throws(OperationsError) -> ChildProcess {
        try cluster.configure(tuning: tuning, port: port)
        let startupLog = cluster.home.logDirectory + "/postgres-start.log"
        let server = try await ChildProcess.start(
            ChildProcess.Command(
                executable: cluster.binaries.postgres, arguments: ["-D", cluster.location.data], output: startupLog,
                account: cluster.account, signalOnParentDeath: "INT"))
        // A crash recovery can take minutes; as long as the server lives it is making progress.
        var nextNotice = ContinuousClock.now + .seconds(5)
        while true {
            if let file = PostmasterFile(dataDirectory: cluster.location.data), file.pid == server.pid,
                file.status == "ready"
            {
                return server
            }
            if let exit = server.ended { throw failure(exit, startupLog: startupLog, cluster: cluster) }
            if Task.isCancelled {
                server.signal(SIGINT)
                _ = await server.exit
                await waitForLogWriter(of: cluster, logger: logger)
                throw OperationsError(.postgres, "the start of PostgreSQL was interrupted")
            }
            if ContinuousClock.now >= nextNotice {
                logger.notice(
                    "PostgreSQL is still starting, perhaps recovering from a crash; its log: \(cluster.location.log)")
                nextNotice += .seconds(15)
            }
            await Polling.pause(.milliseconds(10))
        }
    }

    private static func failure(_ exit: ChildProcess.Exit, startupLog: String, cluster: PostgresCluster)
        -> OperationsError
    {
        let newest = Files.entries(cluster.location.log).map { "\(cluster.location.log)/\($0)" }
            .max { Files.modified($0) < Files.modified($1) }
        // As the account: what it put there in the place of a log must not show root's files.
        let logged = try? cluster.account.act { () throws(OperationsError) in
            newest.flatMap { Files.tail($0, lines: 8) }
        }
        let text = [Files.tail(startupLog, lines: 8), logged ?? nil].compactMap { $0 }.joined(separator: "\n")
        return OperationsError(
            .postgres, "PostgreSQL does not start (\(exit))",
            advice: text.isEmpty ? "Its logs are empty: \(startupLog)" : text)
    }
}

extension EmbeddedPostgres {
    /// `DATABASE_URL`: the application's address over TCP, with the path of the passfile instead of the password.
    public nonisolated var url: String { cluster.home.databaseURL(port: port) }

    /// How Miyabi itself connects as one of the logins.
    public nonisolated func configuration(of login: DatabaseLogin) throws -> PostgresConfiguration {
        try PostgresConfiguration(cluster.home.databaseURL(of: login, port: port))
    }

    /// The superuser's address: the private Unix socket, and nothing else.
    func superuserConfiguration(database: String) throws -> PostgresConfiguration {
        try PostgresConfiguration(
            Self.superuserAddress(
                home: cluster.home, location: cluster.location, port: port, database: database, program: "miyabi up"))
    }

    static func superuserAddress(
        home: MiyabiHome, location: ClusterLocation, port: Int, database: String, program: String
    ) -> String {
        let options = [
            ("host", location.socketDirectory), ("port", String(port)), ("user", "postgres"), ("dbname", database),
            ("passfile", home.superuserPasswordFile), ("application_name", program),
        ]
        return options.map { "\($0)='\($1.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
            .joined(separator: " ")
    }
}
