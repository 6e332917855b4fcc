import ArgumentParser
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations

/// `miyabi restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Restore a backup into a new home.",
        discussion: """
            Checks the backup, then creates the home with both halves as they were; `miyabi up` starts it. It never \
            overwrites: if there is a home already, name another one, or remove the old one first. If a restore is \
            interrupted, run it again; it starts over.

              miyabi restore latest --home ../drill --backups .miyabi-backups
              miyabi up --home ../drill --postgres-port 0 --dynamodb-port 0

            With --to, the new home gets the data that the home running here (MIYABI_HOME, or .miyabi) had at that time. \
            Its point-in-time recovery must be on.

              miyabi restore --to 2026-11-30T06:45:00Z --home ../before
            """)

    @OptionGroup var options: BackupOptions
    @OptionGroup var made: BackupTrustOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    @Option(
        help: ArgumentHelp("Restore the running home as it was at this time.", discussion: Moment.forms),
        transform: Moment.past)
    var to: Timestamp?

    @Option(help: ArgumentHelp("With --to, a DynamoDB table to leave out; may be repeated.", valueName: "table"))
    var without: [String] = []

    func validate() throws {
        guard without.isEmpty || to != nil else { throw ValidationError("--without needs --to.") }
    }

    func run() async throws {
        var settings = try options.settings
        let running = try Settings.load()
        // Those of the home that is here, not of the one that is going to be made.
        if options.backups == nil { settings.backups = running.backups }
        let line = ProgressLine()
        let restore = try await EnvironmentRestore(
            settings: settings, trust: made.trust(settings, home: running.home), logger: options.global.logger,
            startDynamoDB: EmbeddedEngine.starter(settings),
            onStep: { line.show("restoring: \($0)") })
        let backup: Backup
        if let to {
            backup = try await restore.run(asOf: to.date, of: running, without: Set(without))
        } else {
            backup = try settings.backups.backup(named: name)
            try await restore.run(backup)
        }
        line.clear()
        Console.error(
            "miyabi: restored \(backup.name)\(to == nil ? ": \(backup.summary)" : " and the changes after it")")
        if options.global.json { try Console.json(backup) } else { try Console.result(settings.home.path) }
    }
}
