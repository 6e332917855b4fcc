import FoundationEssentials
public import Logging

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
        try await refuseOccupied()
        onStep("checksums")
        try settings.backups.verify(backup)
        let home = settings.home
        let account = try ServiceAccount.required()
        try home.create(account: account)
        guard let lock = try FileLock(home.lockFile) else { throw Supervisor.alreadyRunning(home) }
        defer { lock.release() }
        try Files.write(
            "A restore of \(backup.name) into this directory has begun and is not finished.\n", to: home.restoreMark)
        let directory = settings.backups.directory(of: backup)
        onStep("secrets")
        try Files.copyContents(of: directory + "/secrets", to: home.secretsDirectory)
        if let postgres = backup.postgres {
            onStep("PostgreSQL")
            try await restorePostgres(postgres, from: "\(directory)/\(Backup.postgresFile)", account: account)
        }
        if let tables = backup.tables { try await restoreTables(tables, from: directory) }
        try Files.remove(home.restoreMark)
    }

    /// An empty place will do, and one where another restore was broken off.
    private func refuseOccupied() async throws {
        let home = settings.home
        if home.exists && Files.exists(home.restoreMark) {
            return try await SupervisorControl(home: home, logger: logger).reset()
        }
        guard Files.entries(home.path).isEmpty else {
            throw OperationsError(
                .unusableHome, "there is something in \(home) already, and a restore replaces nothing",
                advice: "Restore into another home with --home, or remove this one first: miyabi down; miyabi reset")
        }
    }
}

extension MiyabiHome {
    /// Refuses a home of which a restore has made only a part.
    func refuseUnfinishedRestore() throws(OperationsError) {
        guard Files.exists(restoreMark) else { return }
        throw OperationsError(
            .unusableHome, "a restore into \(self) was broken off: what is there is not whole",
            advice: "Restore again: miyabi restore. Or remove it: miyabi reset")
    }
}
