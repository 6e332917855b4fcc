import ArgumentParser
import MiyabiDatabase
import MiyabiMigrations
import MiyabiSystem
import MiyabiOperations

/// `miyabi migrate info`.
struct MigrateInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "List every migration, Miyabi's and your own, and how it stands in the database."
    )

    @OptionGroup var source: MigrationSourceOptions

    func run() async throws {
        var statuses: [MigrationStatus] = []
        for series in source.named.map({ [$0] }) ?? MigrationSeries.allCases {
            statuses += try await source.migrator(of: series, requiresSource: false).info()
        }
        if source.global.json {
            for status in statuses { try Console.json(status) }
        } else {
            var table = Table("WHOSE", "VERSION", "NAME", "STATE", "INSTALLED ON", "DURATION", "CHECKSUM")
            for status in statuses {
                table.add(
                    status.series.rawValue, String(status.version), status.name, status.state.rawValue,
                    status.installedOn.map { Timestamp($0).description } ?? "-", status.executionTime?.short ?? "-",
                    status.checksums)
            }
            try Console.result(table.text())
        }
    }
}
