public import Foundation
internal import Postgres

/// Somebody who signs in with GitHub, with all their repositories (specification, section 5.1, pattern 1; by
/// `repositories.user_id`, which is an id of web_users).
public struct WebUser: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// What GitHub says about them.
    public var user: GitHubUser
    /// Their LINE account, if they linked one.
    public var lineUserID: String?
    /// When they signed in first.
    public var createdAt: Date
    /// Their repositories, by full name.
    public var repositories: [RepositoryReference]

    /// A repository as a list of users shows it.
    public struct RepositoryReference: Sendable, Hashable, Decodable {
        /// The row's id.
        public var id: UUID
        /// `owner/name`.
        public var fullName: String
        /// Whether agents work on it: it is active and verified.
        public var isActive: Bool
    }
}

extension WebUser: KeysetRow {
    static let table = "web_users"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    // The repositories are a column: one statement for a page, and only for its rows.
    static let columns = [
        "id", "github_id", "github_username", "email", "avatar_url", "line_user_id", "created_at",
        """
        (SELECT coalesce(jsonb_agg(
          jsonb_build_object('id', id, 'fullName', full_name, 'isActive', is_active AND is_verified) ORDER BY full_name), '[]')
        FROM repositories WHERE user_id = web_users.id) AS repositories
        """,
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        user = GitHubUser(
            githubID: try row.decode("github_id"), username: try row.decode("github_username"),
            email: try row.decode("email"), avatarURL: try row.decode("avatar_url"))
        lineUserID = try row.decode("line_user_id")
        createdAt = try row.decode("created_at")
        repositories = try row.decode("repositories", as: PostgresJSON.self).decode()
    }
}
