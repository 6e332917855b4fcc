import DynamoDB
import Encryption
public import FoundationEssentials
import Glibc
public import Logging
public import MiyabiHome
import MiyabiSystem

/// Makes a home of a backup. It replaces nothing: there must be no home in the place yet.
public struct EnvironmentRestore: Sendable {
    let settings: Settings
    let trust: BackupTrust
    let startDynamoDB: EmbeddedDynamoDBStarter
    let logger: Logger
    let onStep: @Sendable (String) -> Void

    /// A restore into ``Settings/home`` from ``Settings/backups``; nothing happens before ``run(_:)``.
    ///
    /// - Parameter trust: what the backup has to show before anything of it is used.
    public init(
        settings: Settings, trust: BackupTrust, logger: Logger, startDynamoDB: @escaping EmbeddedDynamoDBStarter,
        onStep: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.settings = settings
        self.trust = trust
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
        let opened = try settings.backups.opened(earlier, trust.keys)
        try await run(
            opened,
            asOf: RecoveryMoment(
                time, of: source, after: opened, without: tables, keys: trust.keys, logger: logger))
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
        try settings.backups.verify(backup, trust)
        let backup = try settings.backups.opened(backup, trust.keys)
        let account = try ServiceAccount.required()
        try home.create(account: account)
        guard let lock = try FileLock(home.lockFile) else { throw Supervisor.alreadyRunning(home) }
        defer { lock.release() }
        try await begin(backup, account: account)
        let directory = settings.backups.directory(of: backup)
        onStep("secrets")
        // Where a home runs, it may have keys by now that sign what is restored.
        if backup.isSealed, moment == nil {
            try openSecrets(of: backup, in: directory)
        } else {
            try Files.copyContents(
                of: moment?.source.home.secretsDirectory ?? directory + "/secrets", to: home.secretsDirectory,
                except: MiyabiHome.secretsOfOneHome)
        }
        // What it makes of now on belongs to the backups that there are.
        if let keys = trust.keys, settings.keySource == nil { try settings.masterKeys.write(keys) }
        if let postgres = backup.postgres {
            onStep("PostgreSQL")
            try await restorePostgres(
                postgres, from: "\(directory)/\(backup.postgresFile)", isSealed: backup.isSealed, account: account,
                asOf: moment)
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

extension EnvironmentRestore {
    /// Unpacks the cluster beside its place, checks each file against the server's own manifest, and moves it in. The
    /// next start replays the WAL that is in it.
    func restorePostgres(
        _ postgres: Backup.Postgres, from archive: String, isSealed: Bool, account: ServiceAccount?,
        asOf moment: RecoveryMoment?
    ) async throws {
        let home = settings.home
        let binaries = try await PostgresBinaries.find(
            directory: settings.postgresBinaries, major: postgres.major, path: settings.path)
        let location = try await ClusterLocation.choose(for: home, account: account)
        let draft = location.root + ".new"
        try Files.remove(draft)
        for directory in ["", "/data", "/log", "/run"] {
            try Files.makeDirectory(draft + directory, owner: account)
        }
        // By the server's account, which can make no device and change no file of others.
        let arguments = ["--extract", "--gzip", "--directory=\(draft)/data", "--no-same-owner"]
        if isSealed {
            try await runTar(arguments, opening: archive, account: account)
        } else {
            try await run("/bin/tar", arguments, input: archive, account: account)
        }
        try refuseForeignFiles(in: draft + "/data")
        try await run(binaries.pgVerifyBackup, ["--exit-on-error", "--quiet", draft + "/data"], account: account)
        try setAsideCommands(in: draft + "/data", account: account)
        let replay = try moment?.prepare(in: draft)
        // The account's are all files already but those that this process has just put there.
        if let account, replay != nil {
            try await run("/bin/chown", ["--recursive", "\(account.uid):\(account.gid)", draft])
        }
        // One flush of the file system instead of one for each of the thousand files.
        sync()
        try Files.rename(draft, to: location.root)
        try location.link(from: home)
        if let replay { try await self.replay(replay, in: location) }
    }

    /// Runs tar on what is in an encrypted archive.
    private func runTar(
        _ arguments: [String], opening archive: String, account: ServiceAccount?
    ) async throws(OperationsError) {
        let pipe = try NamedPipe(settings.home.runDirectory + "/restore.pipe")
        defer { pipe.remove() }
        let log = settings.home.logDirectory + "/restore.log"
        let context = SealedFiles.context(archive.split(separator: "/").last.map(String.init) ?? "")
        let exit = try await pipe.feed(
            ChildProcess.Command(
                executable: "/bin/tar", arguments: arguments, output: log, account: account,
                signalOnParentDeath: "KILL")
        ) { [keys = trust.keys] descriptor throws(OperationsError) in
            try SealedFiles.read(archive, keys, context: context) { part throws(OperationsError) in
                try Files.writeAll(part, to: descriptor, path: pipe.path)
            }
        }
        guard exit == .code(0) else {
            throw OperationsError(
                .backup, "/bin/tar failed with \(exit)", advice: Files.tail(log) ?? "It left no message in \(log).")
        }
        try Files.remove(log)
    }

    /// Decrypts the passwords and licence keys.
    private func openSecrets(of backup: Backup, in directory: String) throws(OperationsError) {
        let prefix = "secrets/"
        for file in backup.files where file.path.hasPrefix(prefix) {
            let name = file.path.dropFirst(prefix.count).dropLast(SealedFiles.suffix.count)
            let parts = name.split(separator: "/")
            if MiyabiHome.secretsOfOneHome.contains(String(parts.first ?? "")) { continue }
            if parts.count > 1 {
                try Files.makeDirectory(
                    "\(settings.home.secretsDirectory)/\(parts.dropLast().joined(separator: "/"))")
            }
            try SealedFiles.open(
                "\(directory)/\(file.path)", to: "\(settings.home.secretsDirectory)/\(name)", trust.keys,
                context: SealedFiles.context(file.path))
        }
    }

    /// Refuses what no base backup of ours has in it: links, devices and the like.
    private func refuseForeignFiles(in directory: String) throws(OperationsError) {
        for name in try Files.list(directory) {
            let path = "\(directory)/\(name)"
            guard let status = Files.status(path) else { throw .system("read", path) }
            if status.isDirectory {
                try refuseForeignFiles(in: path)
            } else if !status.isRegularFile {
                throw OperationsError(.backup, "the backup holds \(name), which is neither a file nor a directory")
            }
        }
    }

    /// Sets aside what the server would do on its own at its start and its manifest does not list: settings by ALTER SYSTEM,
    /// which can name programs to run, and orders to replay WAL from elsewhere.
    private func setAsideCommands(in data: String, account: ServiceAccount?) throws(OperationsError) {
        for name in ["recovery.signal", "standby.signal"] { try Files.remove("\(data)/\(name)") }
        let settings = data + "/postgresql.auto.conf"
        guard let text = Files.read(settings),
            text.split(whereSeparator: \.isNewline).contains(where: { !$0.hasPrefix("#") })
        else { return }
        try Files.rename(settings, to: settings + ".of-backup")
        try Files.write("# Empty: a restore set the settings of ALTER SYSTEM aside.\n", to: settings, owner: account)
        logger.warning(
            "settings made by ALTER SYSTEM are set aside, and not in force: postgres/data/postgresql.auto.conf.of-backup"
        )
    }

    /// Starts the server once, which replays the WAL up to the moment, and stops it again.
    private func replay(_ replay: RecoveryMoment.Replay, in location: ClusterLocation) async throws {
        onStep("replaying PostgreSQL's WAL")
        let server = try await EmbeddedPostgres.start(
            EmbeddedPostgres.Options(
                home: settings.home, port: 0, binariesDirectory: settings.postgresBinaries, tuning: settings.tuning,
                path: settings.path),
            logger: logger)
        await server.stop()
        try replay.finish(in: location.root)
    }

    /// Runs a program, and gives its last words as the reason when it fails.
    func run(
        _ program: String, _ arguments: [String], input: String? = nil, account: ServiceAccount? = nil
    ) async throws(OperationsError) {
        let log = settings.home.logDirectory + "/restore.log"
        let exit = try await ChildProcess.run(
            ChildProcess.Command(
                executable: program, arguments: arguments, input: input, output: log, account: account,
                signalOnParentDeath: "KILL"))
        guard exit == .code(0) else {
            throw OperationsError(
                .backup, "\(program) failed with \(exit)", advice: Files.tail(log) ?? "It left no message in \(log).")
        }
        try Files.remove(log)
    }
}

extension EnvironmentRestore {
    /// Gives the engine the files of a backup.
    func takeBackups(of tables: [Backup.Table], from directory: String) throws(OperationsError) {
        let files = settings.home.dynamoDBDirectory + "/backups"
        try Files.makeDirectory(files)
        for table in tables {
            try Files.copy("\(directory)/\(table.file)", to: "\(files)/\(table.fileName)", mayLink: true)
        }
    }

    /// Has the engine make tables of the backups that it was given, and gives them what backups do not hold.
    func restoreTables(_ tables: [Backup.Table]) async throws {
        if tables.isEmpty { return }
        // Any port: nobody is told of it, and nothing is served.
        let engine = try await startDynamoDB(settings.home, 0, logger)
        do {
            for table in tables {
                onStep("DynamoDB table \(table.name)")
                try await restore(table, on: engine.api)
                _ = try await engine.api.deleteBackup(DeleteBackupInput(backupArn: table.arn))
            }
        } catch {
            await engine.stop()
            throw error
        }
        await engine.stop()
    }

    /// Waits as long as it takes: the engine gives up by itself what cannot be restored.
    private func active(_ name: String, on dynamoDB: any DynamoDBAPI) async throws -> TableDescription {
        do {
            return try await dynamoDB.waitUntilActive(name, timeout: .seconds(1_000_000))
        } catch let error as DynamoDBError where error.code == .resourceNotFoundException {
            throw OperationsError(
                .dynamoDB, "the engine could not restore \(name)",
                advice: "The warning above says why; the disk may be full.")
        }
    }

    private func restore(_ table: Backup.Table, on dynamoDB: any DynamoDBAPI) async throws {
        _ = try await dynamoDB.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: table.name, backupArn: table.arn))
        let made = try await active(table.name, on: dynamoDB)
        guard made.itemCount == table.items else {
            throw OperationsError(
                .backup, "the table \(table.name) has \(made.itemCount ?? 0) items instead of \(table.items)")
        }
        if let name = table.streamViewType {
            guard let view = StreamViewType(rawValue: name) else {
                throw OperationsError(.backup, "\(table.name) has an unknown stream view type: \(name)")
            }
            _ = try await dynamoDB.updateTable(
                UpdateTableInput(
                    tableName: table.name,
                    streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: view)))
        }
        if let attribute = table.timeToLiveAttribute {
            _ = try await dynamoDB.updateTimeToLive(
                UpdateTimeToLiveInput(
                    tableName: table.name,
                    timeToLiveSpecification: TimeToLiveSpecification(attributeName: attribute, enabled: true)))
        }
        if let days = table.recoveryPeriodInDays {
            try await dynamoDB.setRecovery(of: table.name, days: days)
        }
        if table.isProtected {
            _ = try await dynamoDB.updateTable(
                UpdateTableInput(tableName: table.name, deletionProtectionEnabled: true))
        }
        if !table.tags.isEmpty, let arn = made.tableArn {
            let tags = table.tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) }
            _ = try await dynamoDB.tagResource(TagResourceInput(resourceArn: arn, tags: tags))
        }
    }
}
