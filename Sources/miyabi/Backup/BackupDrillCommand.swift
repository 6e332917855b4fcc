import ArgumentParser
import Foundation
import MiyabiOperations

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
        if options.global.json { return try Console.json(report) }
        let (restored, started) = (seconds(report.restoreSeconds), seconds(report.startSeconds))
        try Console.result("\(backup.name) is good: restored in \(restored), started in \(started)")
        if let migrations = report.migrations {
            let own = report.ownMigrations ?? 0
            let more = own > 0 ? " and \(own) of your own" : ""
            try Console.result("PostgreSQL: \(migrations) migrations applied\(more), all page checksums match")
        }
        if let tables = backup.tables {
            try Console.result("DynamoDB: \(tables.count) tables, \(tables.reduce(0) { $0 + $1.items }) items")
        }
    }

    private func seconds(_ value: Double) -> String { String(format: "%.1f s", value) }
}
