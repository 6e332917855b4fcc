import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiOperations

/// `miyabi restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a home of a backup.",
        discussion: """
            Checks the backup, then makes the home with both halves as they were; `miyabi up` starts it. It replaces \
            nothing: where there is a home already, name another one, or remove the old one first. A restore that was \
            broken off is begun anew by the next.

              miyabi restore latest --home ../drill --backups .miyabi-backups
              miyabi up --home ../drill --postgres-port 0 --dynamodb-port 0

            With --to, the new home is what the one that runs here (MIYABI_HOME, or .miyabi) was at that time, if its \
            point-in-time recovery is on.

              miyabi restore --to 2026-11-30T06:45:00Z --home ../before
            """)

    @OptionGroup var options: BackupOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    @Option(
        help: ArgumentHelp("The moment to go back to, in UTC.", valueName: "YYYY-MM-DDTHH:MM:SS[.mmm]Z"),
        transform: moment)
    var to: Date?

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
        let restore = EnvironmentRestore(
            settings: settings, logger: options.global.logger, startDynamoDB: EmbeddedEngine.starter(settings),
            onStep: { line.show("restoring: \($0)") })
        let backup: Backup
        if let to {
            backup = try await restore.run(asOf: to, of: running, without: Set(without))
        } else {
            backup = try settings.backups.backup(named: name)
            try await restore.run(backup)
        }
        line.clear()
        Console.error("miyabi: restored \(backup.name)\(to == nil ? ": \(backup.summary)" : " and what followed")")
        try Console.result(options.global.json ? try backup.json(onOneLine: true) : settings.home.path)
    }
}

/// Reads a moment with or without fractions of a second.
private func moment(_ text: String) throws -> Date {
    for hasFractions in [false, true] {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: hasFractions)
        if let date = try? Date(text, strategy: style) { return date }
    }
    throw ValidationError("\(text.debugDescription) is no moment such as 2026-11-30T06:45:00Z.")
}
