import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiOperations

/// `miyabi recovery`.
struct RecoveryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery",
        abstract: "Point-in-time recovery of both halves: what was wrongly deleted an hour ago.",
        discussion: """
            While it is on, PostgreSQL's WAL is kept beside the backups and DynamoDB's tables keep their history. \
            `miyabi restore --to TIME --home DIR` then makes a second home of what the first was at that time.
            """,
        subcommands: [RecoveryStatusCommand.self, RecoveryEnableCommand.self, RecoveryDisableCommand.self],
        defaultSubcommand: RecoveryStatusCommand.self)
}

/// `miyabi recovery enable`.
struct RecoveryEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Begin to keep what it takes, and make a backup.",
        discussion: """
            PostgreSQL can be restored from the oldest backup on: `miyabi backup --keep 7` each night keeps it at a week, and \
            removes the WAL of what it removes. Tables that are made later need it enabled again.
            """)

    @OptionGroup var options: BackupOptions

    @Option(help: "How many days the tables' history is kept, 1 to 35.")
    var days = 7

    func validate() throws {
        guard (1...35).contains(days) else { throw ValidationError("--days must be from 1 to 35.") }
    }

    func run() async throws {
        let line = ProgressLine()
        let backup = try await RecoveryControl(settings: try options.settings, logger: options.global.logger)
            .enable(days: days) { line.show($0) }
        line.clear()
        Console.error("miyabi: point-in-time recovery is on; the first backup is \(backup.name)")
        if options.global.json { try Console.result(try backup.json(onOneLine: true)) }
    }
}

/// `miyabi recovery disable`.
struct RecoveryDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Keep nothing any more.",
        discussion: """
            Backups and the WAL beside them stay. The tables' history is removed: it asks first; where nobody can be asked, \
            it needs --yes.
            """)

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
        abstract: "Tell what can be restored.",
        discussion:
            "Exit code 0 when both halves can be restored to this moment or it is off, 3 when something is wrong.")

    @OptionGroup var options: BackupOptions

    private struct Report: Encodable {
        var status: RecoveryControl.Status
        var both: RecoveryControl.Window?
    }

    func run() async throws {
        let status = try await RecoveryControl(settings: try options.settings, logger: options.global.logger).status()
        if options.global.json {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .custom { date, encoder in
                var container = encoder.singleValueContainer()
                try container.encode(text(date))
            }
            encoder.outputFormatting = .sortedKeys
            try Console.result(
                String(decoding: try encoder.encode(Report(status: status, both: status.both)), as: UTF8.self))
        } else if let days = status.days {
            try Console.result("point-in-time recovery is on, tables for \(days) days")
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
