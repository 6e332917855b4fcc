import ArgumentParser
import Foundation
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate add`.
struct MigrateAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Create the two files of a new migration.")

    @Argument(help: "What the migration does, in a few words.")
    var name: String

    @Option(
        help: "The directory of the migrations.",
        completion: .directory, transform: { URL(filePath: $0, directoryHint: .isDirectory) })
    var source = URL(filePath: "Database/migrations", directoryHint: .isDirectory)

    @Flag(help: "Take the time as the version, instead of the next number.")
    var timestamp = false

    func run() async throws {
        let new = try NewMigration(
            name: name, after: Migration.load(directory: source),
            numbering: timestamp ? .timestamp(Date()) : .sequential)
        for file in try new.write(to: source) { try Console.result(file.relativePath) }
    }
}
