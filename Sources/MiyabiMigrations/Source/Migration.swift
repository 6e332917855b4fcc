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
