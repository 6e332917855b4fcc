import ArgumentParser
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
            """)

    @OptionGroup var options: BackupOptions

    @Argument(help: "The backup's name, or `latest`.")
    var name = "latest"

    func run() async throws {
        let settings = try options.settings
        let backup = try settings.backups.backup(named: name)
        let line = ProgressLine()
        try await EnvironmentRestore(
            settings: settings, logger: options.global.logger, startDynamoDB: EmbeddedEngine.start,
            onStep: { line.show("restoring: \($0)") }
        ).run(backup)
        line.clear()
        Console.error("miyabi: restored \(backup.name): \(backup.summary)")
        Console.result(options.global.json ? try backup.json(onOneLine: true) : settings.home.path)
    }
}
