import FoundationEssentials
public import Logging
import MiyabiDatabase
public import MiyabiHome
import MiyabiSystem

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
                if hasPostgres { backup.postgres = try await backUpPostgres(into: draft) }
                if hasDynamoDB { backup.tables = try await backUpTables(of: environment.dynamoDB, into: draft) }
                // Last: the key of every licence that is in PostgreSQL's part is there by now.
                onProgress(.step("secrets"))
                try Files.copyContents(of: settings.home.secretsDirectory, to: draft + "/secrets")
                onProgress(.step("checksums"))
                for path in try Files.allFiles(below: draft) {
                    let digest = try Files.digest("\(draft)/\(path)")
                    backup.files.append(Backup.File(path: path, bytes: digest.bytes, sha256: digest.sha256))
                }
                try directory.finish(backup)
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
