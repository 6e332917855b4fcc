import DynamoDB
import Encryption
import FoundationEssentials
public import Logging
import MiyabiDatabase
public import MiyabiHome
import MiyabiSystem
import Postgres

/// Makes a backup of the embedded halves while they run.
///
/// PostgreSQL's part ends before DynamoDB's begins: what PostgreSQL holds as delivered to DynamoDB is then in DynamoDB's
/// part, and what the outbox delivers again after a restore changes nothing.
public struct EnvironmentBackup: Sendable {
    /// How far it is.
    public enum Progress: Sendable {
        /// The step that begins, in words.
        case step(String)
        /// Bytes written of PostgreSQL's part, compressed.
        case written(Int)
        /// The old backup that was removed.
        case removed(String)
    }

    let settings: Settings
    let logger: Logger
    let onProgress: @Sendable (Progress) -> Void

    /// A backup of a home's halves into ``Settings/backups``; nothing happens before ``run()``.
    public init(
        settings: Settings, logger: Logger, onProgress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.settings = settings
        self.logger = logger
        self.onProgress = onProgress
    }

    /// Makes the backup. What is there only in part when this fails is removed by the next.
    ///
    /// - Parameter count: how many backups of the home to keep, this one included; older ones are removed. Nil keeps all. WAL
    ///   before the oldest goes with them.
    /// - Throws: `notRunning`; `alreadyRunning` while another backup is made into the directory; `backup` where both halves
    ///   are external; `postgres`, `system` (a full disk, for one), or what DynamoDB answers.
    public func run(keeping count: Int? = nil) async throws -> Backup {
        let directory = settings.backups
        let hasPostgres = settings.postgres.url == nil
        let hasDynamoDB = settings.dynamoDB.location == .embedded
        guard hasPostgres || hasDynamoDB else {
            throw OperationsError(
                .backup, "both halves are external: there is nothing here to back up",
                advice: "Back them up with their own tools: RDS snapshots, DynamoDB backups and point-in-time recovery."
            )
        }
        let halves: Set<MiyabiEnvironment.Half> =
            hasPostgres && hasDynamoDB
            ? [.postgres, .dynamoDB] : [hasPostgres ? .postgres : .dynamoDB]
        return try await MiyabiEnvironment.withConnection(settings, needing: halves, logger: logger) {
            environment in
            try settings.refuseBackupsInHome()
            try directory.make()
            let locks = try BackupLocks(home: settings.home, backups: directory)
            defer { locks.release() }
            try await warnOfRecovery()
            let now = Date()
            var backup = Backup(name: directory.freeName(at: now), createdAt: now, home: settings.home)
            let draft = try directory.begin(backup)
            do {
                let key = try await settings.masterKeys.make().current
                if hasPostgres {
                    backup.postgres = try await backUpPostgres(to: "\(draft)/\(backup.postgresFile)", key)
                }
                if hasDynamoDB {
                    let tables = try await backUpTables(of: environment.dynamoDB, into: draft, key)
                    try describe(tables, in: draft, key)
                    backup.tables = tables
                    backup.contents = Backup.Contents(
                        tables: tables.count, items: tables.reduce(0) { $0 + $1.items })
                }
                // Last: the key of every licence that is in PostgreSQL's part is there by now.
                onProgress(.step("secrets"))
                try sealSecrets(into: draft, key)
                onProgress(.step("checksums"))
                for path in try Files.allFiles(below: draft) {
                    let digest = try Files.digest("\(draft)/\(path)")
                    backup.files.append(Backup.File(path: path, bytes: digest.bytes, sha256: digest.sha256))
                }
                try directory.finish(backup, key)
            } catch {
                // What went wrong first is what has to be known; the next backup removes what is left.
                try? Files.remove(draft)
                throw error
            }
            try retire(allBut: count)
            return backup
        }
    }
}

extension EnvironmentBackup {
    /// Makes a base backup of the whole cluster, with the WAL from its beginning to its end, as one compressed archive.
    ///
    /// <https://www.postgresql.org/docs/15/app-pgbasebackup.html>
    func backUpPostgres(to archive: String, _ key: MasterKey) async throws -> Backup.Postgres {
        onProgress(.step("PostgreSQL"))
        let cluster = try await RunningCluster.find(settings, program: "miyabi backup")
        return try await cluster.withConnection(logger: logger) { connection in
            try await keepLog(connection)
            var postgres = try await describe(connection)
            try await copyCluster(cluster, to: archive, key)
            postgres.endedAt = try await connection.query("SELECT clock_timestamp()")[0].decode(Date.self)
            return postgres
        }
    }

    private func describe(_ connection: PostgresConnection) async throws -> Backup.Postgres {
        let rows = try await connection.query(
            """
            SELECT current_setting('server_version'),
                (SELECT sum(pg_database_size(oid))::bigint FROM pg_database WHERE datallowconn),
                pg_walfile_name(pg_current_wal_insert_lsn()), clock_timestamp()
            """)
        let (version, bytes, segment, now) = try rows[0].decode((String, Int64, String, Date).self)
        return Backup.Postgres(
            version: String(version.prefix { $0 != " " }), databaseBytes: bytes, firstSegment: segment,
            log: try RecoveryPolicy.read(of: settings.home)?.log, endedAt: now)
    }

    /// Has the server keep all WAL from now until the connection ends: the archive takes it last, and without this a
    /// checkpoint during a long backup could remove the first of it.
    private func keepLog(_ connection: PostgresConnection) async throws {
        let slot = "miyabi_backup_\(RandomSecret.password().lowercased().filter(\.isLetter))".prefix(60)
        _ = try await connection.query(
            "SELECT pg_create_physical_replication_slot(\(String(slot)), true, true)")
    }

    private func copyCluster(
        _ cluster: RunningCluster, to archive: String, _ key: MasterKey
    ) async throws(OperationsError) {
        // Not beside the archive, whose disk may be full.
        let errors = settings.home.logDirectory + "/backup.log"
        let pipe = try NamedPipe(settings.home.runDirectory + "/backup.pipe")
        defer { pipe.remove() }
        let context = SealedFiles.context(archive.split(separator: "/").last.map(String.init) ?? "")
        let exit = try await pipe.collect(
            ChildProcess.Command(
                executable: cluster.binaries.pgBaseBackup,
                arguments: [
                    "--dbname=\(cluster.address)", "--pgdata=-", "--format=tar", "--wal-method=fetch",
                    "--compress=client-gzip:1",
                    "--checkpoint=fast", "--manifest-checksums=SHA256", "--no-password", "--label=miyabi backup",
                ],
                errors: errors, signalOnParentDeath: "TERM")
        ) { [onProgress] descriptor throws(OperationsError) in
            var shown = 0
            try SealedFiles.seal(descriptor, pipe.path, to: archive, key, context: context) { written in
                if written - shown >= 1 << 20 {
                    shown = written
                    onProgress(.written(written))
                }
            }
        }
        guard exit == .code(0) else {
            throw OperationsError(
                .postgres, "pg_basebackup failed with \(exit)", advice: Files.tail(errors) ?? "It left no message.")
        }
        try Files.remove(errors)
    }

    /// Writes down what a restored table has to be given again.
    private func describe(_ tables: [Backup.Table], in draft: String, _ key: MasterKey) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try SealedFiles.write(
            Array(try encoder.encode(tables)), to: "\(draft)/\(Backup.tablesFile)", key,
            context: SealedFiles.context(Backup.tablesFile))
    }

    /// Encrypts the passwords and licence keys.
    private func sealSecrets(into draft: String, _ key: MasterKey) throws(OperationsError) {
        let source = settings.home.secretsDirectory
        try Files.makeDirectory(draft + "/secrets")
        for path in try Files.allFiles(below: source) {
            let parts = path.split(separator: "/").map(String.init)
            if path.hasSuffix(Files.draftSuffix) || MiyabiHome.secretsOfOneHome.contains(parts[0]) { continue }
            if parts.count > 1 {
                try Files.makeDirectory("\(draft)/secrets/\(parts.dropLast().joined(separator: "/"))")
            }
            let name = "secrets/\(path)\(SealedFiles.suffix)"
            try SealedFiles.seal("\(source)/\(path)", to: "\(draft)/\(name)", key, context: SealedFiles.context(name))
        }
    }
}

extension EnvironmentBackup {
    /// Makes a backup of each table. One that is deleted meanwhile is left out.
    func backUpTables(
        of dynamoDB: any DynamoDBAPI, into directory: String, _ key: MasterKey
    ) async throws -> [Backup.Table] {
        // A table that was made since recovery was turned on begins to keep its history, too.
        let days = try RecoveryPolicy.read(of: settings.home)?.days
        let backups = TableBackup(dynamoDB: dynamoDB, settings: settings, key: key)
        try await backups.removeAbandoned()
        try Files.makeDirectory(directory + "/dynamodb")
        var tables: [Backup.Table] = []
        for try await page in dynamoDB.tablePages() {
            for name in page.tableNames {
                onProgress(.step("DynamoDB table \(name)"))
                do {
                    if try await RecoveryMoment.isCopy(name, on: dynamoDB) { continue }
                    // One that is being restored is there once it is whole.
                    try await dynamoDB.waitUntilActive(name, timeout: .seconds(86_400))
                    if let days { try await RecoveryControl.keepHistory(of: name, days: days, on: dynamoDB) }
                    tables.append(try await backups.make(name, into: directory + "/dynamodb"))
                } catch let error as DynamoDBError
                    where error.code == .resourceNotFoundException || error.code == .tableNotFoundException
                {
                    logger.info("the table \(name) was deleted meanwhile")
                }
            }
        }
        return tables
    }
}

/// What backups are to point-in-time recovery: it begins with one, and its log is as long as they are old.
extension EnvironmentBackup {
    /// A backup is good without it, but whoever relies on recovery has to know.
    func warnOfRecovery() async throws {
        guard settings.postgres.url == nil, try RecoveryPolicy.read(of: settings.home) != nil else { return }
        let cluster = try await RunningCluster.find(settings, program: "miyabi backup")
        if try await !LogReceiver.isReceiving(from: cluster, logger: logger) {
            logger.warning("point-in-time recovery is on, but no WAL is received; see `miyabi recovery`")
        }
    }

    /// Removes old backups, and the WAL that none needs any more.
    ///
    /// - Parameter count: how many backups of the home stay; nil removes nothing but the beginning of its present log.
    func retire(allBut count: Int?) throws {
        let directory = settings.backups
        // Where one cannot be read, nobody knows what it needs.
        guard let all = try? directory.all() else {
            if count == nil { return }
            throw OperationsError(
                .backup,
                "the backup was created, but no old one was deleted: a backup in \(directory.path) cannot be read",
                advice: "`miyabi backup list` says which.")
        }
        let own = all.filter { $0.isOf(settings.home) }
        let retired = own.dropLast(count ?? own.count)
        for old in retired {
            try directory.remove(old.name)
            onProgress(.removed(old.name))
        }
        let kept = all.filter { backup in !retired.contains { $0.name == backup.name } }
        let present = try RecoveryPolicy.read(of: settings.home)?.log
        for log in try LogDirectory.all(of: settings.home, in: directory.path) {
            if let first = kept.lazy.compactMap(\.postgres).first(where: { $0.log == log })?.firstSegment {
                try log.trim(before: first)
            } else if count != nil, log != present {
                try Files.remove(log.path)
            }
        }
    }
}

extension Backup {
    /// Whether it was made of the home, by whatever name that goes.
    package func isOf(_ home: MiyabiHome) -> Bool {
        let paths = [self.home, home.path].map { Files.resolve($0) ?? $0 }
        return paths[0] == paths[1]
    }
}
