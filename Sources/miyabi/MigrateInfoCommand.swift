import ArgumentParser
import Foundation
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate info`.
struct MigrateInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "List every migration and how it stands in the database.")

    @OptionGroup var source: MigrationSourceOptions

    func run() async throws {
        let statuses = try await source.migrator().info()
        if source.global.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try Console.result(String(decoding: try encoder.encode(statuses), as: UTF8.self))
        } else {
            try Console.result(MigrationStatus.table(statuses))
        }
    }
}
