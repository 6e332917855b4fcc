public import Foundation
internal import Postgres

/// A repository that Miyabi works on: a row of `repositories` (specification, section 2.2.4).
public struct Repository: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose it is: a row of web_users.
    public var userID: UUID
    /// What GitHub says about it.
    public var repository: GitHubRepository
    /// Whether its user lets agents work on it.
    public var isActive: Bool
    /// Whether it is known to be its user's. No agent works on one that is not.
    public var isVerified: Bool
    /// When it was connected.
    public var createdAt: Date
}

extension Repository: KeysetRow {
    static let table = "repositories"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = [
        "id", "user_id", "github_repo_id", "owner", "name", "default_branch", "is_active", "is_verified",
        "created_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        repository = GitHubRepository(
            githubID: try row.decode("github_repo_id"), owner: try row.decode("owner"), name: try row.decode("name"),
            defaultBranch: try row.decode("default_branch"))
        isActive = try row.decode("is_active")
        isVerified = try row.decode("is_verified")
        createdAt = try row.decode("created_at")
    }
}
