import ArgumentParser
import Foundation
import MiyabiOperations

/// `miyabi backup drill`.
struct BackupDrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Prove a backup: restore it beside the home, start it, check it, and remove it again.",
        discussion: """
            A backup that nobody has restored is a hope. It needs as much disk as the database; what runs in the home is not \
            touched. Says how long a restore takes. Exit code 1 for a backup that does not come back to life.
            """)

    @OptionGroup var options: BackupOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    func run() async throws {
        let settings = try options.settings
        let backup = try settings.backups.backup(named: name)
        let line = ProgressLine()
        let report = try await RestoreDrill(
            settings: settings, logger: options.global.logger, startDynamoDB: EmbeddedEngine.starter(settings),
            onStep: { line.show("drill: \($0)") }
        ).run(backup)
        line.clear()
        if options.global.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return try Console.result(String(decoding: try encoder.encode(report), as: UTF8.self))
        }
        let (restored, started) = (seconds(report.restoreSeconds), seconds(report.startSeconds))
        try Console.result("\(backup.name) is good: restored in \(restored), started in \(started)")
        if let migrations = report.migrations {
            try Console.result("PostgreSQL: \(migrations) migrations applied, every page as its checksum says")
        }
        if let tables = backup.tables {
            try Console.result("DynamoDB: \(tables.count) tables, \(tables.reduce(0) { $0 + $1.items }) items")
        }
    }

    private func seconds(_ value: Double) -> String { String(format: "%.1f s", value) }
}
