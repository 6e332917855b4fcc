public import FoundationEssentials
public import Logging
public import MiyabiHome
import MiyabiSystem

/// Makes a home of a backup. It replaces nothing: there must be no home in the place yet.
public struct EnvironmentRestore: Sendable {
    let settings: Settings
    let startDynamoDB: EmbeddedDynamoDBStarter
    let logger: Logger
    let onStep: @Sendable (String) -> Void

    /// A restore into ``Settings/home`` from ``Settings/backups``; nothing happens before ``run(_:)``.
    public init(
        settings: Settings, logger: Logger, startDynamoDB: @escaping EmbeddedDynamoDBStarter,
        onStep: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.settings = settings
        self.startDynamoDB = startDynamoDB
        self.logger = logger
        self.onStep = onStep
    }

    /// Checks the backup, and makes the home. A home of which only a part was made is refused by `miyabi up`, and made anew by
    /// another restore.
    ///
    /// - Throws: `backup` for a missing or damaged backup; `unusableHome` for a place where there is something already;
    ///   `missingProgram` where the backup's version of PostgreSQL is not installed; `postgres`, `system` or `dynamoDB`.
    public func run(_ backup: Backup) async throws {
        try await run(backup, asOf: nil)
    }

    /// Makes a home of what another home, which runs, was at a moment: of the newest backup before it, with what happened
    /// from there.
    ///
    /// - Parameters:
    ///   - time: the moment, to a millisecond.
    ///   - source: of the home that runs.
    ///   - tables: DynamoDB tables that are left out.
    /// - Throws: `recovery` for a moment that cannot be restored; what ``run(_:)`` throws.
    /// - Returns: the backup that it began with.
    public func run(asOf time: Date, of source: Settings, without tables: Set<String> = []) async throws -> Backup {
        guard time <= Date() else { throw OperationsError(.recovery, "\(time.iso) is in the future") }
        guard source.home != settings.home else {
            throw OperationsError(
                .unusableHome, "\(source.home) is running, and a restore never overwrites a home",
                advice: "Name another home to restore into: --home")
        }
        let earlier = try settings.backups.all().last { backup in
            backup.isOf(source.home) && backup.postgres.map { $0.endedAt <= time } == true
        }
        guard let earlier else {
            throw OperationsError(
                .recovery, "there is no backup of \(source.home) from before \(time.iso) in \(settings.backups.path)",
                advice: "`miyabi recovery status` shows what can be restored.")
        }
        let locks = try BackupLocks(home: source.home, backups: settings.backups)
        defer { locks.release() }
        onStep("collecting PostgreSQL's WAL")
        try await run(
            earlier,
            asOf: RecoveryMoment(time, of: source, after: earlier, without: tables, logger: logger))
        return earlier
    }

    /// - Parameter isOwn: whether the home was made for this, and nothing else can be in it.
    func run(_ backup: Backup, asOf moment: RecoveryMoment?, intoOwn isOwn: Bool = false) async throws {
        let home = settings.home
        try settings.refuseBackupsInHome()
        if home.exists && Files.exists(home.restoreMark) {
            try await SupervisorControl(home: home, logger: logger).reset()
        }
        if !isOwn { try refuse(if: !Files.list(home.path).isEmpty, home.path) }
        onStep("checksums")
        try settings.backups.verify(backup)
        let account = try ServiceAccount.required()
        try home.create(account: account)
        guard let lock = try FileLock(home.lockFile) else { throw Supervisor.alreadyRunning(home) }
        defer { lock.release() }
        try await begin(backup, account: account)
        let directory = settings.backups.directory(of: backup)
        onStep("secrets")
        // Where a home runs, it may have keys by now that sign what is restored.
        try Files.copyContents(
            of: moment?.source.home.secretsDirectory ?? directory + "/secrets", to: home.secretsDirectory)
        if let postgres = backup.postgres {
            onStep("PostgreSQL")
            try await restorePostgres(
                postgres, from: "\(directory)/\(Backup.postgresFile)", account: account, asOf: moment)
        }
        var tables = backup.tables ?? []
        if let moment {
            tables = try await moment.backUpTables(into: home.dynamoDBDirectory, onStep: onStep)
        } else {
            try takeBackups(of: tables, from: directory)
        }
        try await restoreTables(tables)
        try Files.remove(home.restoreMark)
    }

    /// Marks the home as one that is being made, if it is still one where nothing is: much can have happened while the
    /// backup was verified, and outside of the home there may be a cluster of an earlier one.
    private func begin(_ backup: Backup, account: ServiceAccount?) async throws {
        let home = settings.home
        let cluster = try await ClusterLocation.choose(for: home, account: account).root
        for directory in [home.dynamoDBDirectory, home.secretsDirectory] {
            try refuse(if: !Files.list(directory).isEmpty, directory)
        }
        if Files.exists(cluster) {
            // Of the home we made nothing but its empty directories.
            if Files.status(home.postgresDirectory) == nil { try Files.remove(home.path) }
            try refuse(if: true, cluster)
        }
        try Files.write(
            "A restore of \(backup.name) into this directory has begun and is not finished.\n", to: home.restoreMark)
    }

    private func refuse(if isOccupied: Bool, _ place: String) throws {
        guard isOccupied else { return }
        throw OperationsError(
            .unusableHome, "\(place) exists already, and a restore never overwrites a home",
            advice: "Restore into another home with --home, or delete this one first: miyabi down; miyabi reset")
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
