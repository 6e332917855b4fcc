import FoundationEssentials
public import MiyabiDatabase
import MiyabiImport

/// A directory of files to try the database with: `github-webhooks.ndjson` and `commits.ndjson`, as `miyabi import` takes them.
public struct SampleData: Sendable {
    private let directory: String

    /// The project's own are in `Database/sample`.
    public init(directory: String) { self.directory = directory }

    /// Imports both files; what was imported before does not change.
    ///
    /// - Returns: a sentence for each file.
    /// - Throws: ``ImportError`` when a file is missing or has a bad line.
    public func load(into database: Database) async throws -> [String] {
        let options = ImportOptions(isStrict: true)
        let webhooks = try await GitHubImporter(database: database, options: options)
            .run(LineReader(path: directory + "/github-webhooks.ndjson"))
        let commits = try await CommitImporter(database: database, options: options)
            .run(LineReader(path: directory + "/commits.ndjson"))
        return [webhooks.sentence, commits.sentence]
    }
}
