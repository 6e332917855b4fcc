import Foundation

@testable import MiyabiMigrations

/// Migrations and rows for tests.
enum Fixture {
    static let date = Date(timeIntervalSince1970: 1_764_412_200)

    static func migration(_ version: Int64, sql: String? = nil, down: String? = "SELECT 'down'") -> Migration {
        let digits = version < 10 ? "00\(version)" : "\(version)"
        return Migration(
            version: version,
            description: "m\(version)",
            up: MigrationScript(fileName: "\(digits)_m\(version).up.sql", sql: sql ?? "SELECT \(version);\n"),
            down: down.map { MigrationScript(fileName: "\(digits)_m\(version).down.sql", sql: $0) })
    }

    static func row(_ migration: Migration, success: Bool = true) -> AppliedMigration {
        AppliedMigration(
            version: migration.version, description: migration.description, installedOn: date, success: success,
            checksum: migration.up.checksum, nanoseconds: 1_500_000)
    }
}
