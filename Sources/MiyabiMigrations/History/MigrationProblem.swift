import MiyabiSystem

/// A contradiction between the files and the database.
public enum MigrationProblem: Sendable, Hashable {
    /// A migration began outside a transaction and did not finish.
    case dirty(AppliedMigration)
    /// A migration was applied, and the source does not have it.
    case missing(AppliedMigration)
    /// The up file changed after it was applied.
    case modified(Migration, AppliedMigration)
    /// The up file has other line ends (or a byte order mark more or less) than when it was applied. Nothing has to be done in
    /// the database, so this keeps no migration from running.
    case lineEnds(Migration, AppliedMigration)
    /// A migration is new although a later one is applied already.
    case outOfOrder(Migration, latest: Int64)

    /// A migration was applied, and the other series' table says so.
    case recordedElsewhere(Migration, AppliedMigration)

    /// The version of the migration in question.
    public var version: Int64 {
        switch self {
        case .dirty(let row), .missing(let row): row.version
        case .modified(let migration, _), .lineEnds(let migration, _), .outOfOrder(let migration, _),
            .recordedElsewhere(let migration, _):
            migration.version
        }
    }
}

extension MigrationProblem: CustomStringConvertible {
    /// What is wrong and how to mend it. May have several lines.
    public var description: String {
        switch self {
        case .dirty(let row):
            """
            \(row.version) (\(row.description)) is dirty: it was begun outside a transaction at \(row.installedOn.iso) and \
            did not finish.
            \(Self.dirtyAdvice(table: row.series.table, version: row.version))
            """
        case .missing(let row):
            """
            \(row.version) (\(row.description)) was applied at \(row.installedOn.iso) and its file is missing. \
            \(Self.missingAdvice(row.series))
            """
        case .modified(let migration, let row):
            """
            \(migration.up.fileName) was modified after it was applied at \(row.installedOn.iso): its SHA-384 was \
            \(row.checksum.hex.prefix(16))… and is \(migration.up.checksum.hex.prefix(16))…. \
            Restore the file, and put the change in a new migration.
            """
        case .lineEnds(let migration, let row):
            """
            \(migration.up.fileName) has other line ends (CRLF for LF, or the other way round) or another byte order mark than \
            when it was applied at \(row.installedOn.iso); the text is the same. sqlx would call it modified. \
            Give it back the line ends it had; a line `*.sql text eol=lf` in .gitattributes keeps git from changing them.
            """
        case .outOfOrder(let migration, let latest):
            """
            \(migration.up.fileName) is out of order: version \(latest) is applied already. \
            Give it a version above \(latest), or pass --allow-out-of-order.
            """
        case .recordedElsewhere(let migration, let row):
            """
            \(migration.up.fileName) was applied at \(row.installedOn.iso), and \(row.series.table) says so instead of \
            \(row.series.other.table).
            \(Self.adoptionAdvice(row))
            """
        }
    }

    private static func missingAdvice(_ series: MigrationSeries) -> String {
        switch series {
        case .miyabi:
            """
            A newer miyabi has it, or it is a migration of your own, which belongs in \(MigrationSeries.own.table): \
            see docs/migrations.md. --ignore-missing goes on without it.
            """
        case .own: "Give its file back to the directory, or pass --ignore-missing."
        }
    }

    private static func adoptionAdvice(_ row: AppliedMigration) -> String {
        let columns = "version, description, installed_on, success, checksum, execution_time"
        let (from, to) = (row.series.table, row.series.other.table)
        return """
            Nothing has to be run again; move the row:
                BEGIN;
                INSERT INTO \(to) (\(columns)) SELECT \(columns) FROM \(from) WHERE version = \(row.version);
                DELETE FROM \(from) WHERE version = \(row.version);
                COMMIT;
            """
    }

    /// How to mend a dirty row.
    static func dirtyAdvice(table: String, version: Int64) -> String {
        """
        Look at what it left behind, then either finish its work by hand and say so:
            UPDATE \(table) SET success = true WHERE version = \(version);
        or undo what it did, and it can run again:
            DELETE FROM \(table) WHERE version = \(version);
        """
    }
}

/// Which contradictions between files and database are tolerated. None is, unless asked for.
public struct MigrationPolicy: Sendable, Hashable {
    /// Goes on although applied migrations are missing in the source, as sqlx's `--ignore-missing` does.
    public var ignoresMissing: Bool
    /// Runs a new migration although a later one is applied, as sqlx always does.
    public var allowsOutOfOrder: Bool

    /// A policy; by default the strict one.
    public init(ignoresMissing: Bool = false, allowsOutOfOrder: Bool = false) {
        self.ignoresMissing = ignoresMissing
        self.allowsOutOfOrder = allowsOutOfOrder
    }

    func tolerates(_ problem: MigrationProblem) -> Bool {
        switch problem {
        case .missing: ignoresMissing
        case .outOfOrder: allowsOutOfOrder
        case .lineEnds: true
        case .dirty, .modified, .recordedElsewhere: false
        }
    }
}
