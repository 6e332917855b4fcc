import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate add`.
struct MigrateAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Create the two files of a new migration of your own.")

    @Argument(help: "What the migration does, in a few words.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "The directory of the migrations; it is made if there is none.",
            discussion: "Default: $MIYABI_MIGRATIONS, or migrations."),
        completion: .directory, transform: { URL(filePath: $0, directoryHint: .isDirectory) })
    var source: URL?

    @Flag(help: "Take the time as the version, instead of the next number.")
    var timestamp = false

    func run() async throws {
        let settings = try Settings.load()
        let directory =
            source ?? settings.migrations ?? URL(filePath: "migrations", directoryHint: .isDirectory)
        let isThere = FileManager.default.fileExists(atPath: directory.path)
        let new = try NewMigration(
            name: name, after: isThere ? Migration.load(directory: directory) : [],
            numbering: timestamp ? .timestamp(Date()) : .sequential)
        for file in try new.write(to: directory) { try Console.result(file.relativePath) }
        if settings.migrations == nil {
            Console.error(
                "`miyabi up` runs them once MIYABI_MIGRATIONS=\(directory.relativePath) is in .env or the environment")
        }
    }
}
