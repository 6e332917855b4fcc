import DynamoDB
public import Logging
import MiyabiDatabase
public import MiyabiHome
import MiyabiSystem
import Synchronization

/// Proves a backup: restores it where nothing is, starts it, asks both halves, checks every page, and removes it again.
public struct RestoreDrill: Sendable {
    /// What a drill found.
    public struct Report: Codable, Sendable, Equatable {
        /// The backup's name.
        public var backup: String
        /// Seconds until the home was made.
        public var restoreSeconds: Double
        /// Seconds from there until both halves served.
        public var startSeconds: Double
        /// Migrations that the restored database has; nil without a PostgreSQL half.
        public var migrations: Int?
        /// The user's own migrations that it has; nil without a PostgreSQL half.
        public var ownMigrations: Int?
        /// Tables that the restored DynamoDB has; nil without a DynamoDB half.
        public var tables: Int?
    }

    private let restore: EnvironmentRestore
    private let drill: Settings

    /// A drill beside the home of `settings`, in its name with "-drill", on free ports.
    public init(
        settings: Settings, logger: Logger, startDynamoDB: @escaping EmbeddedDynamoDBStarter,
        onStep: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        var drill = settings
        drill.home = MiyabiHome(path: settings.home.path + "-drill")
        (drill.postgresPort, drill.dynamoDBPort) = (0, 0)
        drill.postgres.url = nil
        drill.dynamoDB.location = .embedded
        self.drill = drill
        restore = EnvironmentRestore(settings: drill, logger: logger, startDynamoDB: startDynamoDB, onStep: onStep)
    }

    /// Runs the drill. Nothing is left of it, whether it succeeds or fails.
    ///
    /// - Throws: what is wrong with the backup: `backup`, `postgres` or `dynamoDB`; `unusableHome` for a place that holds
    ///   anything but an earlier drill.
    public func run(_ backup: Backup) async throws -> Report {
        let home = drill.home
        let control = SupervisorControl(home: home, logger: restore.logger)
        if Files.exists(home.drillMark) {
            try await control.stop()
            try await control.reset()
        }
        do {
            let report = try await prove(backup)
            try await control.reset()
            return report
        } catch {
            // What stood there before us stays.
            if Files.exists(home.drillMark) || Files.exists(home.restoreMark) { try await control.reset() }
            throw error
        }
    }

    private func prove(_ backup: Backup) async throws -> Report {
        let clock = ContinuousClock()
        let begin = clock.now
        try await restore.run(backup)
        try Files.write("A drill made this directory, and removes it.\n", to: drill.home.drillMark)
        let restored = clock.now
        restore.onStep("starting both halves")
        let report = Mutex<Report?>(nil)
        let supervisor = Supervisor(
            settings: drill, logger: restore.logger, startDynamoDB: restore.startDynamoDB)
        let halt = Halt()
        try await supervisor.run(until: halt) { [drill, logger = restore.logger] _ in
            let ready = clock.now
            let status = await StatusReport.gather(drill, logger: logger, within: .seconds(60))
            guard status.isUp else { throw OperationsError(.backup, "the restored home does not work:\n\(status)") }
            report.withLock {
                $0 = Report(
                    backup: backup.name, restoreSeconds: (restored - begin) / .seconds(1),
                    startSeconds: (ready - restored) / .seconds(1),
                    migrations: backup.postgres.map { _ in status.postgres.migrations?["applied"] ?? 0 },
                    ownMigrations: backup.postgres.map { _ in
                        (status.postgres.ownMigrations ?? [:]).filter { $0.key != "pending" }.values.reduce(0, +)
                    },
                    tables: backup.tables?.count)
            }
            halt.request()
        }
        if backup.postgres != nil { try await checkPages() }
        guard let report = report.withLock({ $0 }) else { throw CancellationError() }
        return report
    }

    /// Reads every page of the stopped cluster and compares it with its checksum.
    private func checkPages() async throws {
        restore.onStep("checking PostgreSQL's pages")
        let account = try ServiceAccount.required()
        let location = try await ClusterLocation.choose(for: drill.home, account: account)
        let binaries = try await PostgresBinaries.find(
            directory: drill.postgresBinaries, major: ClusterInitializer.major(of: location), path: drill.path)
        try await restore.run(binaries.pgChecksums, ["--check", "--pgdata=\(location.data)"], account: account)
    }
}

extension MiyabiHome {
    /// Stands in a home that a drill made.
    fileprivate var drillMark: String { path + "/drill" }
}
