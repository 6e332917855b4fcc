public import Foundation
import MiyabiSystem

/// One row of a bookkeeping table: a migration that was run on this database, by us or by sqlx.
public struct AppliedMigration: Sendable, Hashable {
    /// Whose migration it is, and so which table the row is in.
    public let series: MigrationSeries
    /// The migration's version.
    public let version: Int64
    /// The words of the file name at that time.
    public let description: String
    /// When the migration was run.
    public let installedOn: Date
    /// False for a dirty row: the migration began, outside a transaction, and did not finish.
    public let success: Bool
    /// The SHA-384 of the up file's bytes.
    public let checksum: [UInt8]
    /// How long the migration ran; nil when that was never recorded.
    public let executionTime: Duration?

    /// A row as the table holds it.
    ///
    /// - Parameter nanoseconds: the column `execution_time`; sqlx writes -1 before it knows.
    public init(
        series: MigrationSeries = .miyabi, version: Int64, description: String, installedOn: Date, success: Bool,
        checksum: [UInt8], nanoseconds: Int64
    ) {
        self.series = series
        self.version = version
        self.description = description
        self.installedOn = installedOn
        self.success = success
        self.checksum = checksum
        executionTime = nanoseconds < 0 ? nil : .nanoseconds(nanoseconds)
    }
}

/// A series of migrations with versions and bookkeeping of its own. What one series holds never collides with the other.
public enum MigrationSeries: String, Sendable, Hashable, Codable, CaseIterable {
    /// What this program brings: the schema that its stores need.
    case miyabi
    /// What the user adds: the files of the directory that `MIYABI_MIGRATIONS` names. They run after Miyabi's.
    case own

    /// The table that says which migrations of the series were applied. Both have sqlx's columns; Miyabi's has sqlx's name,
    /// and sqlx takes the other one as `table-name` in `sqlx.toml`.
    public var table: String {
        switch self {
        case .miyabi: "_sqlx_migrations"
        case .own: "_own_migrations"
        }
    }

    /// The series that is not this one.
    var other: MigrationSeries { self == .miyabi ? .own : .miyabi }
}
