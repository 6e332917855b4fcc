import DynamoDB
import FoundationEssentials
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
    private let original: MiyabiHome

    /// A drill beside the home of `settings`, in its name with "-drill-" and letters of its own, on free ports: several can
    /// run at the same time.
    public init(
        settings: Settings, trust: BackupTrust, logger: Logger, startDynamoDB: @escaping EmbeddedDynamoDBStarter,
        onStep: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        original = settings.home
        var drill = settings
        let letters = RandomSecret.password().lowercased().prefix(8)
        drill.home = MiyabiHome(path: "\(settings.home.path)\(Self.suffix)-\(letters)")
        (drill.postgresPort, drill.dynamoDBPort) = (0, 0)
        drill.postgres.url = nil
        drill.tls = .off
        // Those that were written since are not part of the backup, and one that fails says nothing about it.
        drill.migrations = nil
        drill.dynamoDB.location = .embedded
        self.drill = drill
        restore = EnvironmentRestore(
            settings: drill, trust: trust, logger: logger, startDynamoDB: startDynamoDB, onStep: onStep)
    }

    private static let suffix = "-drill"

    /// Runs the drill. Nothing is left of it, whether it succeeds or fails; what a killed drill left is removed before.
    ///
    /// - Throws: what is wrong with the backup: `backup`, `postgres` or `dynamoDB`.
    public func run(_ backup: Backup) async throws -> Report {
        await removeLeftOver()
        let home = drill.home
        let control = SupervisorControl(home: home, logger: restore.logger)
        try home.create(account: ServiceAccount.required())
        // Locked as long as the drill lives: that tells it from what a killed one left.
        guard let mark = try FileLock(home.drillMark) else { throw Supervisor.alreadyRunning(home) }
        defer { mark.release() }
        do {
            let report = try await prove(backup)
            try await control.reset()
            // A backup can be tried where its home is no more.
            if Files.exists(original.marker) { try Files.write("\(Date().iso)\n", to: original.lastDrill) }
            return report
        } catch {
            try await control.reset()
            throw error
        }
    }

    /// Removes the homes of drills that are gone. What cannot be removed is no reason against another drill.
    private func removeLeftOver() async {
        guard let slash = original.path.lastIndex(of: "/") else { return }
        let (parent, name) = (original.path[..<slash], original.path[original.path.index(after: slash)...])
        for entry in Files.entries("\(parent)/") where entry.hasPrefix(name + Self.suffix) {
            let home = MiyabiHome(path: "\(parent)/\(entry)")
            guard Files.exists(home.drillMark), let mark = (try? FileLock(home.drillMark)) ?? nil else { continue }
            defer { mark.release() }
            restore.onStep("removing what an earlier drill left: \(home)")
            let control = SupervisorControl(home: home, logger: restore.logger)
            do throws(OperationsError) {
                try await control.stop()
                try await control.reset()
            } catch {
                restore.logger.warning("\(home) was left by an earlier drill, and cannot be removed: \(error)")
            }
        }
    }

    private func prove(_ backup: Backup) async throws -> Report {
        let clock = ContinuousClock()
        let begin = clock.now
        try await restore.run(backup, asOf: nil, intoOwn: true)
        let restored = clock.now
        restore.onStep("starting both halves")
        let report = Mutex<Report?>(nil)
        let supervisor = Supervisor(
            settings: drill, logger: restore.logger, startDynamoDB: restore.startDynamoDB)
        let halt = Halt()
        try await supervisor.run(until: halt) { [drill, logger = restore.logger] _ in
            let ready = clock.now
            let status = try await StatusReport.gather(drill, logger: logger, within: .seconds(60))
            guard status.isUp else { throw OperationsError(.backup, "the restored home does not work:\n\(status)") }
            report.withLock {
                $0 = Report(
                    backup: backup.name, restoreSeconds: (restored - begin) / .seconds(1),
                    startSeconds: (ready - restored) / .seconds(1),
                    migrations: backup.postgres.map { _ in status.postgres.migrations?["applied"] ?? 0 },
                    ownMigrations: backup.postgres.map { _ in
                        (status.postgres.ownMigrations ?? [:]).values.reduce(0, +)
                    },
                    tables: backup.contents?.tables ?? backup.tables?.count)
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
    /// Stands in a home that a drill made, and is locked while it runs.
    fileprivate var drillMark: String { path + "/drill" }
}
