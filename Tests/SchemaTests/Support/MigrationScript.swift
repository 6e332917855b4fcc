import Foundation
import Testing

/// One migration as its two files hold it.
struct MigrationScript {
    let version: Int
    let name: String
    let up: String
    let down: String

    /// Where the migrations are.
    static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Database/migrations")

    /// All migrations of `Database/migrations`, in the order of their versions.
    static let all: [MigrationScript] = {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory.path)
                .filter { $0.hasSuffix(".up.sql") }
                .sorted()
                .map { file in
                    let name = file.dropLast(".up.sql".count)
                    let version = try #require(Int(name.prefix { $0 != "_" }))
                    return try MigrationScript(
                        version: version, name: String(name),
                        up: String(contentsOf: directory.appending(path: file), encoding: .utf8),
                        down: String(contentsOf: directory.appending(path: "\(name).down.sql"), encoding: .utf8))
                }
        } catch {
            preconditionFailure("\(directory.path): \(error)")
        }
    }()

    /// The version that the newest migration leads to.
    static let latest = all.count
}
