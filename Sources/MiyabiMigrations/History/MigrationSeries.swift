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
