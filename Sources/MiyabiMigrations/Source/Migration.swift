public import Foundation

/// One step in the history of the relational schema.
public struct Migration: Sendable, Hashable {
    /// Positive, and unique in its source; migrations run in the order of their versions.
    public let version: Int64
    /// The words of the file name, `initial schema` for `001_initial_schema.up.sql`.
    public let description: String
    /// What brings the migration about. Its checksum is the migration's.
    public let up: MigrationScript
    /// What takes it back; nil when the migration cannot be reverted.
    public let down: MigrationScript?

    /// A migration as its files describe it.
    public init(version: Int64, description: String, up: MigrationScript, down: MigrationScript?) {
        self.version = version
        self.description = description
        self.up = up
        self.down = down
    }
}

extension Migration {
    /// Pairs files to migrations, in the order of their versions.
    ///
    /// - Throws: ``MigrationError`` with code `invalidSource` that names every fault: a bad version, two migrations with
    ///   one version, an up file without its down file, a down file without its up file.
    static func assemble(_ files: [(name: String, text: String)]) throws(MigrationError) -> [Migration] {
        var faults: [String] = []
        var ups: [Int64: [(name: MigrationFileName, script: MigrationScript)]] = [:]
        var downs: [Int64: [MigrationScript]] = [:]
        for file in files {
            do {
                guard let name = try MigrationFileName(file.name) else { continue }
                let script = MigrationScript(fileName: file.name, sql: file.text)
                if file.text.utf8.contains(0) { faults.append("\(file.name) contains a zero byte") }
                if name.kind == .down {
                    downs[name.version, default: []].append(script)
                } else {
                    ups[name.version, default: []].append((name, script))
                }
            } catch {
                faults.append(error.message)
            }
        }
        var migrations: [Migration] = []
        for (version, candidates) in ups {
            let down = downs.removeValue(forKey: version) ?? []
            if candidates.count > 1 || down.count > 1 {
                let names = (candidates.map(\.script.fileName) + down.map(\.fileName)).sorted()
                faults.append("version \(version) is used more than once: \(names.joined(separator: ", "))")
            } else if let (name, script) = candidates.first {
                if name.kind == .up, down.isEmpty { faults.append("\(script.fileName) has no .down.sql beside it") }
                if name.kind == .simple, !down.isEmpty {
                    faults.append("\(down[0].fileName) belongs to an .up.sql, and there is \(script.fileName)")
                }
                migrations.append(
                    Migration(version: version, description: name.description, up: script, down: down.first))
            }
        }
        for script in downs.values.joined() { faults.append("\(script.fileName) has no .up.sql beside it") }
        guard faults.isEmpty else {
            throw MigrationError(
                .invalidSource, "the migration files have faults:\n  " + faults.sorted().joined(separator: "\n  "))
        }
        return migrations.sorted { $0.version < $1.version }
    }
}

extension Migration {
    /// The migrations of `Database/migrations` as they were when the program was built.
    ///
    /// - Throws: ``MigrationError`` with code `invalidSource`.
    public static var embedded: [Migration] {
        get throws(MigrationError) { try assemble(EmbeddedSQL.migrations) }
    }

    /// The migrations in the files of `directory`. Files that are not named like a migration are left out.
    ///
    /// - Throws: ``MigrationError`` with code `invalidSource` for a directory or file that cannot be read, a file that is
    ///   not UTF-8, and every fault of ``embedded``.
    public static func load(directory: URL) throws(MigrationError) -> [Migration] {
        do {
            let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
                .filter { try MigrationFileName($0.lastPathComponent) != nil }
                .map { file in
                    let bytes = try Data(contentsOf: file)
                    guard let text = String(validating: bytes, as: UTF8.self) else {
                        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
                        throw MigrationError(
                            .invalidSource, "\(file.path) is \(isUTF16 ? "UTF-16" : "not UTF-8"); save it as UTF-8")
                    }
                    return (name: file.lastPathComponent, text: text)
                }
            return try assemble(files)
        } catch let error as MigrationError {
            throw error
        } catch {
            throw MigrationError(
                .invalidSource, "the migrations in \(directory.path) cannot be read: \(error.localizedDescription)")
        }
    }
}

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

/// Rows that a new database may start with: one file of `Database/seeds`.
public struct Seed: Sendable, Hashable {
    /// The file's name without `.sql`.
    public let name: String
    /// The statements that insert the rows.
    public let sql: String

    /// The seeds of `Database/seeds` as they were when the program was built, in the order of their names.
    public static var embedded: [Seed] {
        EmbeddedSQL.seeds.map { Seed(name: String($0.name.dropLast(".sql".count)), sql: $0.text) }
    }
}
