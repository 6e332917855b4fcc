/// What the name of a migration file says, by sqlx's rules: `<version>_<description>.up.sql`, `….down.sql`, or `….sql`
/// for a migration that cannot be reverted.
struct MigrationFileName: Equatable {
    enum Kind: String {
        case simple = ".sql"
        case up = ".up.sql"
        case down = ".down.sql"
    }

    /// From 1 to `Int64.max`; leading zeros do not count.
    let version: Int64
    /// The name's second part, with spaces for underscores.
    let description: String
    let kind: Kind

    /// Reads a name. Nil for a file that is no migration (no underscore, or not `.sql`): sqlx skips those too.
    init?(_ name: String) throws(MigrationError) {
        guard let underscore = name.firstIndex(of: "_"), name.hasSuffix(Kind.simple.rawValue) else { return nil }
        let digits = name[..<underscore]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let version = Int64(digits), version > 0 else {
            throw MigrationError(
                .invalidSource,
                "\(name): \"\(digits)\" is not a version; the name must be <version>_<name>.up.sql or .down.sql, where"
                    + " <version> is a whole number from 1 to \(Int64.max)")
        }
        self.version = version
        kind = [Kind.up, .down].first { name.hasSuffix($0.rawValue) } ?? .simple
        var stem = name[name.index(after: underscore)...]
        // sqlx removes the ending for as long as there is one.
        while stem.hasSuffix(kind.rawValue) { stem = stem.dropLast(kind.rawValue.count) }
        description = String(stem.map { $0 == "_" ? " " : $0 })
    }
}
