import ArgumentParser
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// `miyabi backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Make and look after backups of both halves.",
        discussion: """
            A backup is one directory: PostgreSQL's cluster, the DynamoDB tables, the passwords and the licence keys. Whoever \
            reads it reads everything, so it is as private as the home. Keep a copy on another machine; `miyabi restore` makes \
            a home of it there too. External halves are not in it: their operators back them up.
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

/// `miyabi backup create`.
struct BackupCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a backup while everything runs.",
        discussion: """
            What was committed before it began is in it; writers go on meanwhile. Prints the backup's directory.
            """)

    @OptionGroup var options: BackupOptions

    @Option(help: "Afterwards, remove all but so many backups of this home, the oldest first. Default: remove none.")
    var keep: Int?

    func validate() throws {
        guard keep ?? 1 >= 1 else { throw ValidationError("--keep must be at least 1.") }
    }

    func run() async throws {
        let settings = try options.settings
        let line = ProgressLine()
        let backup = try await EnvironmentBackup(settings: settings, logger: options.global.logger) { line.show($0) }
            .run(keeping: keep)
        line.clear()
        if options.global.json { return try Console.result(try backup.json()) }
        Console.error("miyabi: \(backup.summary)")
        try Console.result("\(settings.backups.path)/\(backup.name)")
    }
}

/// `miyabi backup list`.
struct BackupListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the backups by name.",
        discussion: "Exit code 1 when the description of one cannot be read; standard error names it.")

    @OptionGroup var options: BackupOptions

    func run() async throws {
        let directory = try options.settings.backups
        var isWhole = true
        for name in try directory.names() {
            do {
                let backup = try directory.backup(named: name)
                try Console.result(
                    options.global.json ? try backup.json(onOneLine: true) : "\(name)  \(backup.summary)")
            } catch let error as OperationsError {
                isWhole = false
                Console.error("miyabi: \(name): \(error)")
            }
        }
        if !isWhole { throw ExitCode.failure }
    }
}

/// `miyabi backup verify`.
struct BackupVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read all files of a backup and compare them with their checksums.",
        discussion: "Exit code 1 for a backup that is damaged or not whole; the message names the file.")

    @OptionGroup var options: BackupOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    func run() async throws {
        let directory = try options.settings.backups
        let backup = try directory.backup(named: name)
        try directory.verify(backup)
        try Console.result(
            options.global.json
                ? try backup.json(onOneLine: true) : "\(backup.name): \(backup.files.count) files are as they were made"
        )
    }
}

/// `miyabi backup delete`.
struct BackupDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Remove a backup.",
        discussion: "It asks first; where nobody can be asked, it needs --yes. Nothing else is removed.")

    @OptionGroup var options: BackupOptions

    @OptionGroup var confirmation: Confirmation

    @Argument(help: "The backup's name.")
    var name: String

    func run() async throws {
        guard name != "latest" else {
            throw ValidationError("Name the backup to remove; `latest` changes its meaning.")
        }
        let directory = try options.settings.backups
        try directory.requireBackup(named: name)
        try confirmation.ask("This removes the backup \(directory.path)/\(name)")
        try directory.remove(name)
        Console.error("miyabi: removed \(directory.path)/\(name)")
    }
}
