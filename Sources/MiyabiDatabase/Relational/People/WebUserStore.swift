public import Foundation
import Postgres

/// What GitHub says about a user.
public struct GitHubUser: Sendable, Hashable {
    /// GitHub's number of the user; 1 or more.
    public var githubID: Int64
    /// The login name. It can change hands: only the number says who it is.
    public var username: String
    /// The address, if GitHub shows it.
    public var email: String?
    /// Where the picture is.
    public var avatarURL: String?

    /// A user as GitHub shows it.
    public init(githubID: Int64, username: String, email: String? = nil, avatarURL: String? = nil) {
        self.githubID = githubID
        self.username = username
        self.email = email
        self.avatarURL = avatarURL
    }
}

/// Rows of `web_users` (specification, section 2.2.1).
public struct WebUserStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Inserts the users that are not there and tells the row of each, in two statements however many they are.
    ///
    /// - Parameter users: With the row id that each gets if it is new.
    /// - Returns: How many are new, and the row of each.
    /// - Throws: `PostgresError`.
    public func insertMissing(_ users: [(id: UUID, user: GitHubUser)]) async throws -> InsertedRows {
        // In the order of a key: two writers that lock the same rows cannot wait for each other in a circle.
        let users = users.sorted { $0.user.githubID < $1.user.githubID }
        let numbers = users.map(\.user.githubID)
        let count = try await connection.execute(
            """
            INSERT INTO web_users (id, github_id, github_username, email, avatar_url)
            SELECT * FROM unnest(\(users.map(\.id))::uuid[], \(numbers)::bigint[],
              \(users.map(\.user.username))::text[], \(users.map(\.user.email))::text[],
              \(users.map(\.user.avatarURL))::text[])
            ON CONFLICT (github_id) DO NOTHING
            """)
        let rows = try await connection.query(
            "SELECT github_id, id FROM web_users WHERE github_id = ANY(\(numbers)::bigint[])")
        return InsertedRows(count: count, ids: Dictionary(try rows.decode((Int64, UUID).self)) { first, _ in first })
    }

    /// Brings rows up to what GitHub said last. Rows that agree are not touched; an absent address or picture does not
    /// erase a known one.
    ///
    /// - Returns: How many rows changed.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func refresh(_ users: [GitHubUser]) async throws -> Int {
        let users = users.sorted { $0.githubID < $1.githubID }
        return try await connection.execute(
            """
            UPDATE web_users AS w
            SET github_username = n.username, email = coalesce(n.email, w.email),
              avatar_url = coalesce(n.avatar_url, w.avatar_url)
            FROM unnest(\(users.map(\.githubID))::bigint[], \(users.map(\.username))::text[],
              \(users.map(\.email))::text[], \(users.map(\.avatarURL))::text[])
              AS n (github_id, username, email, avatar_url)
            WHERE w.github_id = n.github_id
              AND (w.github_username, w.email, w.avatar_url) IS DISTINCT FROM
                (n.username, coalesce(n.email, w.email), coalesce(n.avatar_url, w.avatar_url))
            """)
    }

    /// The users with a login name, in the order of their numbers: GitHub lets a freed name be taken again.
    ///
    /// - Throws: `PostgresError`.
    public func find(username: String) async throws -> [(id: UUID, user: GitHubUser)] {
        let rows: [(UUID, Int64, String, String?, String?)] = try await connection.query(
            """
            SELECT id, github_id, github_username, email, avatar_url FROM web_users
            WHERE github_username = \(username) ORDER BY github_id
            """
        ).decode((UUID, Int64, String, String?, String?).self)
        return rows.map { id, githubID, username, email, avatarURL in
            (id: id, user: GitHubUser(githubID: githubID, username: username, email: email, avatarURL: avatarURL))
        }
    }

    /// The login names of rows; those that are not there are left out.
    ///
    /// - Throws: `PostgresError`.
    public func usernames(ids: Set<UUID>) async throws -> [UUID: String] {
        let rows = try await connection.query(
            "SELECT id, github_username FROM web_users WHERE id = ANY(\(Array(ids))::uuid[])")
        return Dictionary(try rows.decode((UUID, String).self)) { first, _ in first }
    }
}
