public import Foundation
import Postgres

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

extension WebUserStore {
    /// Users with their repositories, newest first, in one statement.
    ///
    /// - Parameters:
    ///   - cursor: Where the page before ended.
    ///   - limit: Users a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(after cursor: PageCursor? = nil, limit: Int = 50) async throws -> Page<WebUser> {
        try await Listing<WebUser>(limit: limit).page(after: cursor, on: connection, cursorKey)
    }

    /// The user with their repositories; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func user(_ id: UUID) async throws -> WebUser? {
        let rows = try await connection.query(
            "SELECT \(unsafeSQL: WebUser.columnList) FROM web_users WHERE id = \(id)")
        return try rows.first.map { try WebUser($0) }
    }

    /// Sets what users may set themselves.
    ///
    /// - Returns: Whether there is such a user whom the caller may change.
    /// - Throws: `PostgresError`.
    public func setContact(email: String?, avatarURL: String?, of id: UUID) async throws -> Bool {
        try await connection.execute(
            "UPDATE web_users SET email = \(email), avatar_url = \(avatarURL) WHERE id = \(id)") > 0
    }

    /// Removes a user and all that is theirs.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: `PostgresError`.
    public func delete(_ id: UUID) async throws -> Bool {
        try await connection.execute("DELETE FROM web_users WHERE id = \(id)") > 0
    }
}
