import ArgumentParser
import Encryption
import Foundation
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// `miyabi backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Create, list, verify, test and delete backups of both halves.",
        discussion: """
            A backup is one directory: PostgreSQL's cluster, the DynamoDB tables, the passwords and the licence keys. Anyone \
            who can read it can read everything, so it is as private as the home. Keep a copy on another machine; `miyabi \
            restore` works there too. External halves are not included: back them up with their own tools.
            """,
        subcommands: [
            BackupCreateCommand.self, BackupListCommand.self, BackupVerifyCommand.self, BackupDrillCommand.self,
            BackupDeleteCommand.self,
        ],
        defaultSubcommand: BackupCreateCommand.self)
}

/// Where backups are, and what every command about them takes.
struct BackupOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "The directory of the backups.", discussion: "Default: $MIYABI_BACKUPS, or the home's name with -backups.",
            valueName: "directory"),
        completion: .directory)
    var backups: String?

    var settings: Settings {
        get throws {
            var settings = try global.settings
            if let backups { settings.backups = BackupDirectory(path: backups) }
            return settings
        }
    }
}

/// What a backup has to show before a command uses it.
struct BackupTrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file of the key of the home that made the backup.",
            discussion: "Default: $MIYABI_BACKUP_KEY, or the key of the home here.", valueName: "file"),
        completion: .file())
    var key: String?

    @Flag(help: "Use a backup although nothing shows who made it.")
    var trust = false

    func validate() throws {
        guard key == nil || !trust else { throw ValidationError("Use either --key or --trust.") }
    }

    /// - Parameter home: the home that is here, whose backups these usually are.
    func trust(_ settings: Settings, home: MiyabiHome) async throws -> BackupTrust {
        if let file = key { return .key(try KeySource.require(file)) }
        let keys: MasterKeys? =
            if let file = settings.backupKeyPath { try KeySource.require(file) } else {
                try await HomeKeys(home, source: settings.keySource).keys()
            }
        if trust { return .anything(keys) }
        guard let keys else {
            throw OperationsError(
                .key, "nothing here shows who made the backup: there is no key in \(home.masterKeyFile)",
                advice: """
                    Name the key's file with --key: the copy that `miyabi key export` made in the home that made the backup. \
                    Or, if you know where the backup comes from: --trust.
                    """)
        }
        return .key(keys)
    }
}

/// `miyabi backup create`.
struct BackupCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a backup while everything runs.",
        discussion: """
            It holds everything that was committed before it began. Writes continue meanwhile. Prints the backup's \
            directory.

            With --keep it asks before it deletes a backup; without a terminal, as in a cron job, --keep needs --yes.
            """)

    @OptionGroup var options: BackupOptions

    @Option(help: "Afterwards, keep only this many backups of this home and delete the oldest. Default: keep all.")
    var keep: Int?

    @OptionGroup var confirmation: Confirmation

    func validate() throws {
        guard keep ?? 1 >= 1 else { throw ValidationError("--keep must be at least 1.") }
    }

    func run() async throws {
        let settings = try options.settings
        if let keep { try askToKeep(keep, settings) }
        let line = ProgressLine()
        let backup = try await EnvironmentBackup(settings: settings, logger: options.global.logger) { line.show($0) }
            .run(keeping: keep)
        line.clear()
        try await KeyAdvice.give(settings)
        if options.global.json { return try Console.json(backup) }
        Console.error("miyabi: \(backup.summary)")
        try Console.result("\(settings.backups.path)/\(backup.name)")
    }

    /// Where nobody can be asked, --yes is needed also while there is nothing to delete yet: a nightly job must not begin to
    /// fail after a week.
    private func askToKeep(_ count: Int, _ settings: Settings) throws {
        // Where one cannot be read, none is deleted.
        let doomed = (try? settings.backups.outdated(of: settings.home, keeping: count - 1)) ?? []
        if doomed.isEmpty, confirmation.canAsk { return }
        let which = doomed.isEmpty ? "" : ", now \(doomed.joined(separator: ", "))"
        try confirmation.ask(
            "When the new backup is complete, this deletes all but the newest \(count) of \(settings.home)\(which)")
    }
}

/// What has to be said once of a home's backups.
enum KeyAdvice {
    /// Says that the backups are worth nothing without the key, unless that was said, or the key has been copied.
    static func give(_ settings: Settings) async throws {
        let home = settings.home
        guard settings.keySource == nil, let key = try await settings.masterKeys.keys()?.current, !isGiven(key, home)
        else { return }
        Console.error(
            "miyabi: this backup is encrypted with the key in \(home.masterKeyFile), and is worthless without it. "
                + "Keep a copy elsewhere: miyabi key export FILE")
        try note(key, home)
    }

    /// Notes that the person knows of a key.
    static func note(_ key: MasterKey, _ home: MiyabiHome) throws {
        try Files.write(key.id + "\n", to: mark(home))
    }

    private static func isGiven(_ key: MasterKey, _ home: MiyabiHome) -> Bool {
        Files.read(mark(home)) == key.id + "\n"
    }

    private static func mark(_ home: MiyabiHome) -> String { home.path + "/key-told" }
}

/// `miyabi backup list`.
struct BackupListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the backups by name.",
        discussion: "Exit code 1 if the description of a backup cannot be read; standard error says which.")

    @OptionGroup var options: BackupOptions

    func run() async throws {
        let directory = try options.settings.backups
        var isWhole = true
        var table = Table("NAME", "SIZE", "POSTGRESQL", "DYNAMODB")
        for name in try directory.names() {
            do {
                let backup = try directory.backup(named: name)
                if options.global.json {
                    try Console.json(backup)
                } else {
                    table.add(name, megabytes(backup.bytes), backup.postgresSummary, backup.dynamoDBSummary)
                }
            } catch let error as OperationsError {
                isWhole = false
                Console.error("miyabi: \(name): \(error)")
            }
        }
        if !options.global.json && !table.isEmpty { try Console.result(table.text()) }
        if !isWhole { throw ExitCode.failure }
    }
}

/// `miyabi backup verify`.
struct BackupVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check who made a backup, and all its files against their checksums.",
        discussion: """
            With the key it also opens every encrypted file to its end. Without one only the outside can be checked: that each \
            file matches the checksum in the description; not who made the backup, nor what is inside. Exit code 3 then.

            Exit code 1 if the backup was made by somebody else, or is damaged or incomplete; the message names the file.
            """)

    @OptionGroup var options: BackupOptions
    @OptionGroup var made: BackupTrustOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    func run() async throws {
        let settings = try options.settings
        let directory = settings.backups
        let backup = try directory.backup(named: name)
        let trust: BackupTrust
        do {
            trust = try await made.trust(settings, home: settings.home)
        } catch let error as OperationsError where error.code == .key && made.key == nil {
            try directory.verify(backup, .anything(nil), opens: false)
            Console.error("miyabi: \(error)")
            try Console.result(
                "\(backup.name): all \(backup.files.count) files match their checksums. Without the key it is not known who "
                    + "made it\(backup.isSealed ? ", nor whether what is inside can be read" : "")")
            throw ExitCode(3)
        }
        let opens = trust.keys != nil
        try directory.verify(backup, trust, opens: opens)
        if options.global.json { return try Console.json(opens ? directory.opened(backup, trust.keys) : backup) }
        try Console.result(
            "\(backup.name): all \(backup.files.count) files match their checksums"
                + (backup.isSealed && opens ? ", and the key opens them" : ""))
    }
}

/// `miyabi backup delete`.
struct BackupDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a backup.",
        discussion: "It asks first; without a terminal it needs --yes.")

    @OptionGroup var options: BackupOptions

    @OptionGroup var confirmation: Confirmation

    @Argument(help: "The backup's name.")
    var name: String

    func run() async throws {
        guard name != "latest" else {
            throw ValidationError("Name the backup to delete: `latest` may be another one by now.")
        }
        let directory = try options.settings.backups
        try directory.requireBackup(named: name)
        try confirmation.ask("This deletes the backup \(directory.path)/\(name)")
        try directory.remove(name)
        Console.error("miyabi: deleted \(directory.path)/\(name)")
    }
}

/// `miyabi backup drill`.
struct BackupDrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Test a backup: restore it beside the home, start it, check it, and delete the copy.",
        discussion: """
            A backup that was never restored may not work. A drill needs as much disk space as the database, and leaves the \
            running home alone. It shows how long a restore takes. Exit code 1 if the backup cannot be restored and started.
            """)

    @OptionGroup var options: BackupOptions
    @OptionGroup var made: BackupTrustOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    func run() async throws {
        let settings = try options.settings
        let backup = try settings.backups.backup(named: name)
        let line = ProgressLine()
        let report = try await RestoreDrill(
            settings: settings, trust: await made.trust(settings, home: settings.home), logger: options.global.logger,
            startDynamoDB: EmbeddedEngine.starter(settings),
            onStep: { line.show("drill: \($0)") }
        ).run(backup)
        line.clear()
        if options.global.json { return try Console.json(report) }
        let (restored, started) = (seconds(report.restoreSeconds), seconds(report.startSeconds))
        try Console.result("\(backup.name) is good: restored in \(restored), started in \(started)")
        if let migrations = report.migrations {
            let own = report.ownMigrations ?? 0
            let more = own > 0 ? " and \(own) of your own" : ""
            try Console.result("PostgreSQL: \(migrations) migrations applied\(more), all page checksums match")
        }
        if backup.contents != nil || backup.tables != nil {
            try Console.result("DynamoDB: \(backup.dynamoDBSummary)")
        }
    }

    private func seconds(_ value: Double) -> String { String(format: "%.1f s", value) }
}

extension Backup {
    /// What is in it, in a line.
    var summary: String {
        "\(megabytes(bytes)), PostgreSQL \(postgresSummary), DynamoDB \(dynamoDBSummary)"
    }

    /// The version of the PostgreSQL half.
    var postgresSummary: String { postgres?.version ?? "was external" }

    /// How much there is of the DynamoDB half.
    var dynamoDBSummary: String {
        if let contents { return "\(contents.tables) tables, \(contents.items) items" }
        guard let tables else { return "was external" }
        return "\(tables.count) tables, \(tables.reduce(0) { $0 + $1.items }) items"
    }
}
