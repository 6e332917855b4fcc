import DynamoDB
import MiyabiDatabase

/// Commits, as agents and people make them:
/// `{"repository": "owner/name", "commit": "cbf57937f47c", "committed_at": "2013-06-17T18:54:19+10:00",
/// "author": "fe333eac30d08732", "files": 12, "insertions": 2496, "deletions": 0}`.
///
/// Each becomes an event of the type `agent_execution` at its commit time, named after repository and commit. Authors
/// are hashes and repositories are names, without GitHub's numbers: they get rows with numbers of our own
/// (``ContentDigest/githubID(_:)``), an author under the hash as name.
public enum CommitFormat: ImportFormat {
    /// Understands a line.
    ///
    /// - Throws: What is wrong with it.
    public static func record(_ line: [UInt8]) throws -> ImportRecord {
        let document = try JSONDocument.parse(line)
        guard document.map != nil else { throw LineFault("no JSON object") }
        let repository = try document.shortText("repository")
        let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw LineFault("repository is not owner/name")
        }
        let commit = try document.shortText("commit")
        let author = try document.shortText("author")
        guard let time = document["committed_at"]?.string.flatMap({ Timestamp(iso8601: $0) }),
            let id = ULID(timestamp: time, digest: ContentDigest.of("commit", repository, commit))
        else { throw LineFault("committed_at is no ISO 8601 time from 1970 on") }
        var data: Item = [
            "repository": .string(repository), "commit": .string(commit), "author": .string(author),
        ]
        for name in ["files", "insertions", "deletions"] {
            data[name] = .number(DecimalNumber(try document.integer(name, in: 0...Int64.max)))
        }
        return ImportRecord(
            id: id, type: .agentExecution,
            user: GitHubUser(
                githubID: ContentDigest.githubID(ContentDigest.of("commit author", author)), username: author),
            repository: GitHubRepository(
                githubID: ContentDigest.githubID(ContentDigest.of("repository", repository)),
                owner: String(parts[0]), name: String(parts[1])),
            data: data, execution: nil)
    }
}
