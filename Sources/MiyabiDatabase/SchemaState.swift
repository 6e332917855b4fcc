internal import Postgres

/// What the migrations have made of a relational database, as sqlx's table `_sqlx_migrations` tells it.
public enum SchemaState: Sendable, Hashable {
    /// The newest migration is this one, and the stores need no newer one.
    case migrated(through: Int64)
    /// The newest migration is this one, and the stores need ``required``: `miyabi migrate run`.
    case outdated(at: Int64)
    /// This migration did not come to its end: `miyabi migrate info` tells what to do.
    case unfinished(Int64)
    /// No migration has been run.
    case empty
    /// The role may not read the table.
    case unreadable

    /// The newest migration that this version of the stores needs.
    public static let required: Int64 = 26

    /// Whether the stores can work; true also where a newer version has already migrated, or nobody can tell.
    public var isSufficient: Bool {
        switch self {
        case .migrated, .unreadable: true
        case .outdated, .unfinished, .empty: false
        }
    }

    /// - Parameter rows: version and success of each row, by version. What is above ``required`` a newer program ran, or somebody
    ///   with migrations of their own: it neither helps the stores nor keeps them from working.
    init(_ rows: [(version: Int64, success: Bool)]) {
        let ours = rows.filter { $0.version <= Self.required }
        if let unfinished = ours.first(where: { !$0.success }) {
            self = .unfinished(unfinished.version)
        } else if let last = ours.last {
            self =
                last.version < Self.required
                ? .outdated(at: last.version)
                : .migrated(through: rows.last { $0.success }?.version ?? last.version)
        } else {
            self = .empty
        }
    }

    /// Reads the state over one connection: as service_role, since the login that applications use owns nothing, else as
    /// the login itself.
    init(on connection: PostgresConnection) async throws {
        var isRefused = false
        for role in ["service_role", "none"] {
            do {
                let state: SchemaState? = try await connection.withTransaction { connection in
                    try await connection.executeScript("SET LOCAL ROLE \(role)")
                    let exists = try await connection.query("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
                    guard try exists.decode(Bool.self) == [true] else { return nil }
                    return SchemaState(
                        try await connection.query("SELECT version, success FROM _sqlx_migrations ORDER BY version")
                            .decode((Int64, Bool).self).map { (version: $0, success: $1) })
                }
                if let state {
                    self = state
                    return
                }
            } catch let error as PostgresError where error.sqlState == PostgresSQLState.insufficientPrivilege {
                isRefused = true
            } catch let error as PostgresError where error.sqlState == "22023" {
                // There is no such role.
            }
        }
        self = isRefused ? .unreadable : .empty
    }
}
