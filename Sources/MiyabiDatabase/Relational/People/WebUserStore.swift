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

    /// A user to insert.
    public struct New: Sendable, Hashable {
        /// The row id that they get if they are new. If another row has it, the server chooses one.
        public var id: UUID
        /// What GitHub says about them.
        public var user: GitHubUser

        /// A user to insert.
        public init(id: UUID, user: GitHubUser) {
            self.id = id
            self.user = user
        }
    }

    /// Inserts the users that are not there, in two statements however many they are.
    ///
    /// - Returns: What became of each, in the order of `users`.
    /// - Throws: `PostgresError`.
    public func insertMissing(_ users: [New]) async throws -> [InsertedRow] {
        try await BulkInsert<New>(connection: connection) { new in
            let numbers = new.map(\.user.githubID)
            let inserted = try await connection.query(
                """
                INSERT INTO web_users (id, github_id, github_username, email, avatar_url)
                SELECT CASE WHEN EXISTS (SELECT FROM web_users AS w WHERE w.id = n.id) THEN gen_random_uuid() ELSE n.id END,
                  github_id, username, email, avatar_url
                FROM unnest(\(new.map(\.id))::uuid[], \(numbers)::bigint[], \(new.map(\.user.username))::text[],
                  \(new.map(\.user.email))::text[], \(new.map(\.user.avatarURL))::text[])
                  AS n (id, github_id, username, email, avatar_url)
                ON CONFLICT (github_id) DO NOTHING RETURNING github_id, id
                """)
            let present = try await connection.query(
                "SELECT github_id, id FROM web_users WHERE github_id = ANY(\(numbers)::bigint[])")
            return InsertedRow.each(
                of: numbers, inserted: Dictionary(try inserted.decode((Int64, UUID).self)) { first, _ in first },
                present: Dictionary(try present.decode((Int64, UUID).self)) { first, _ in first })
        }.run(users, inOrderOf: \.user.githubID)
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
