/// The migrations of a source beside the rows of their series' table, and what is wrong between them.
public struct MigrationHistory: Sendable {
    /// Whose migrations they are.
    public let series: MigrationSeries
    /// The source's migrations, by version.
    public let migrations: [Migration]
    /// The rows of the table, by version.
    public let applied: [AppliedMigration]

    private let rows: [Int64: AppliedMigration]
    private let elsewhere: [Int64: AppliedMigration]
    private let files: [Int64: Migration]

    /// - Parameters:
    ///   - migrations: with unique versions, as ``Migration/load(directory:)`` gives them.
    ///   - applied: with unique versions, which the table's primary key ensures.
    ///   - elsewhere: the rows of the other series' table.
    public init(
        series: MigrationSeries = .miyabi, migrations: [Migration], applied: [AppliedMigration],
        elsewhere: [AppliedMigration] = []
    ) {
        self.series = series
        self.elsewhere = Dictionary(elsewhere.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
        self.migrations = migrations.sorted { $0.version < $1.version }
        self.applied = applied.sorted { $0.version < $1.version }
        rows = Dictionary(applied.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
        files = Dictionary(migrations.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The highest version of the source that is applied; 0 when none is. Rows that the source does not know have no place in
    /// its order.
    public var latestVersion: Int64 {
        applied.last { files[$0.version] != nil }?.version ?? 0
    }

    /// The migrations that were not run yet, by version.
    public var pending: [Migration] {
        migrations.filter { rows[$0.version] == nil }
    }

    /// The source's migration with this version.
    public func migration(_ version: Int64) -> Migration? {
        files[version]
    }

    /// Whatever must be mended before a migration may run, by version.
    public var problems: [MigrationProblem] {
        let amongApplied = applied.compactMap { row -> MigrationProblem? in
            let file = files[row.version]
            return switch (MigrationStatus.State(file: file, row: row), file) {
            case (.dirty, _): .dirty(row)
            case (.lineEnds, let file?): .lineEnds(file, row)
            case (.modified, let file?): .modified(file, row)
            case (.missing, _): .missing(row)
            default: nil
            }
        }
        let latest = latestVersion
        let amongPending = pending.compactMap { migration -> MigrationProblem? in
            if let row = elsewhere[migration.version], migration.up.isSameText(as: row.checksum) {
                return .recordedElsewhere(migration, row)
            }
            return migration.version < latest ? .outOfOrder(migration, latest: latest) : nil
        }
        return (amongApplied + amongPending).sorted { $0.version < $1.version }
    }

    /// One entry for every version in the source or in the table, in their order.
    public var statuses: [MigrationStatus] {
        Set(rows.keys).union(files.keys).sorted().map {
            MigrationStatus(series: series, file: files[$0], row: rows[$0], version: $0)
        }
    }
}
