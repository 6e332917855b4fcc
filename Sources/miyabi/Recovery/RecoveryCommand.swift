import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiOperations

/// `miyabi recovery`.
struct RecoveryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery",
        abstract: "Point-in-time recovery: restore both halves as they were at any time, such as an hour ago.",
        discussion: """
            While it is on, PostgreSQL's WAL is kept beside the backups, and the DynamoDB tables keep their history. \
            `miyabi restore --to TIME --home DIR` then creates a second home with the data of that time.
            """,
        subcommands: [RecoveryStatusCommand.self, RecoveryEnableCommand.self, RecoveryDisableCommand.self],
        defaultSubcommand: RecoveryStatusCommand.self)
}

/// `miyabi recovery enable`.
struct RecoveryEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Turn point-in-time recovery on, and create a first backup.",
        discussion: """
            PostgreSQL can be restored to any time since the oldest backup. `miyabi backup --keep 7 --yes` every night keeps a \
            week, and deletes the WAL of the backups that it deletes. Tables created later are included from the next \
            backup on.
            """)

    @OptionGroup var options: BackupOptions

    @Option(
        help: ArgumentHelp(
            "How far back the DynamoDB tables can be restored, from 1d to 35d. Default: 7d.", valueName: "duration"),
        transform: Span.within(.seconds(86_400) ... .seconds(35 * 86_400)))
    var history: Duration?

    func run() async throws {
        let line = ProgressLine()
        // AWS's unit, too: whole days, and rather too many than too few.
        let days = Int(((history ?? .seconds(7 * 86_400)) / .seconds(86_400)).rounded(.up))
        let backup = try await RecoveryControl(settings: try options.settings, logger: options.global.logger)
            .enable(days: days) { line.show($0) }
        line.clear()
        Console.error("miyabi: point-in-time recovery is on; the first backup is \(backup.name)")
        if options.global.json { try Console.json(backup) }
    }
}

/// `miyabi recovery disable`.
struct RecoveryDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Turn point-in-time recovery off.",
        discussion:
            "Backups and their WAL stay. The history of the DynamoDB tables is deleted. It asks first; without a terminal it needs --yes."
    )

    @OptionGroup var options: BackupOptions

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try confirmation.ask("This removes the history of the DynamoDB tables of \(try options.settings.home)")
        try await RecoveryControl(settings: try options.settings, logger: options.global.logger).disable()
        Console.error("miyabi: point-in-time recovery is off")
    }
}

/// `miyabi recovery status`.
struct RecoveryStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show which times can be restored.",
        discussion:
            "Exit code 0 if both halves can be restored up to now, or if it is off; 3 if something is wrong.")

    @OptionGroup var options: BackupOptions

    private struct Report: Encodable {
        var status: RecoveryControl.Status
        var both: RecoveryControl.Window?
    }

    func run() async throws {
        let status = try await RecoveryControl(settings: try options.settings, logger: options.global.logger).status()
        if options.global.json {
            try Console.json(Report(status: status, both: status.both))
        } else if let days = status.days {
            try Console.result("point-in-time recovery is on; tables keep \(days) days of history")
            try Console.result("PostgreSQL   \(text(status.postgres))")
            try Console.result("DynamoDB     \(text(status.dynamoDB))")
            try Console.result("both         \(text(status.both))")
            try Console.result("WAL          \(megabytes(status.logBytes ?? 0))")
        } else {
            try Console.result("point-in-time recovery is off")
        }
        if let problem = status.problem {
            Console.error("miyabi: \(problem)")
            throw ExitCode(3)
        }
    }

    private func text(_ window: RecoveryControl.Window?) -> String {
        window.map { "\(text($0.earliest)) to \(text($0.latest))" } ?? "nothing"
    }

    private func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
