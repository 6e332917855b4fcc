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
