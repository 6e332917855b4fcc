public import Foundation
import Postgres

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

/// What GitHub says about a repository.
public struct GitHubRepository: Sendable, Hashable {
    /// GitHub's number of the repository; 1 or more.
    public var githubID: Int64
    /// The account it belongs to on GitHub.
    public var owner: String
    /// Its name within the account.
    public var name: String
    /// The branch that pull requests go to, if known.
    public var defaultBranch: String?

    /// `owner/name`.
    public var fullName: String { "\(owner)/\(name)" }

    /// A repository as GitHub shows it.
    public init(githubID: Int64, owner: String, name: String, defaultBranch: String? = nil) {
        self.githubID = githubID
        self.owner = owner
        self.name = name
        self.defaultBranch = defaultBranch
    }
}

/// Rows of `repositories` (specification, section 2.2.4).
public struct RepositoryStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// A repository to insert.
    public struct New: Sendable, Hashable {
        /// The row id that it gets if it is new. If another row has it, the server chooses one.
        public var id: UUID
        /// The row of web_users that it will belong to if it is new.
        public var userID: UUID
        /// What GitHub says about it.
        public var repository: GitHubRepository

        /// A repository to insert.
        public init(id: UUID, userID: UUID, repository: GitHubRepository) {
            self.id = id
            self.userID = userID
            self.repository = repository
        }
    }

    /// Inserts the repositories that are not there, in two statements however many they are. One that is there keeps its
    /// user. As `.service` only, which vouches that they are their users': a claim of another user gives way, one of the
    /// same user comes true.
    ///
    /// - Returns: What became of each, in the order of `repositories`.
    /// - Throws: `PostgresError`.
    public func insertMissing(_ repositories: [New]) async throws -> [InsertedRow] {
        try await BulkInsert<New>(connection: connection) { new in
            var inserted = try await insert(new)
            var present = try await ids(githubIDs: new.map(\.repository.githubID))
            // A claim that was being made meanwhile: the insertion waited for it, and sees it now.
            let missed = new.filter { present[$0.repository.githubID] == nil }
            if !missed.isEmpty {
                inserted.merge(try await insert(missed)) { first, _ in first }
                present = try await ids(githubIDs: new.map(\.repository.githubID))
            }
            return InsertedRow.each(of: new.map(\.repository.githubID), inserted: inserted, present: present)
        }.run(repositories, inOrderOf: \.repository.githubID)
    }

    private func insert(_ new: [New]) async throws -> [Int64: UUID] {
        let rows = try await connection.query(
            """
            INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name, default_branch)
            SELECT CASE WHEN EXISTS (SELECT FROM repositories AS r WHERE r.id = n.id) THEN gen_random_uuid() ELSE n.id END,
              user_id, github_repo_id, owner, name, owner || '/' || name, coalesce(default_branch, 'main')
            FROM unnest(\(new.map(\.id))::uuid[], \(new.map(\.userID))::uuid[],
              \(new.map(\.repository.githubID))::bigint[], \(new.map(\.repository.owner))::text[],
              \(new.map(\.repository.name))::text[], \(new.map(\.repository.defaultBranch))::text[])
              AS n (id, user_id, github_repo_id, owner, name, default_branch)
            ON CONFLICT (github_repo_id) DO NOTHING RETURNING github_repo_id, id
            """)
        return Dictionary(try rows.decode((Int64, UUID).self)) { first, _ in first }
    }

    /// The rows of those repositories that are there and verified, by GitHub's number.
    ///
    /// - Throws: `PostgresError`.
    public func ids(githubIDs: [Int64]) async throws -> [Int64: UUID] {
        let rows = try await connection.query(
            """
            SELECT github_repo_id, id FROM repositories
            WHERE github_repo_id = ANY(\(githubIDs)::bigint[]) AND is_verified
            """)
        return Dictionary(try rows.decode((Int64, UUID).self)) { first, _ in first }
    }

    /// Brings rows up to what GitHub said last. Rows that agree are not touched.
    ///
    /// - Returns: How many rows changed.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func refresh(_ repositories: [GitHubRepository]) async throws -> Int {
        let known = repositories.sorted { $0.githubID < $1.githubID }
        return try await connection.execute(
            """
            UPDATE repositories AS r
            SET owner = n.owner, name = n.name, full_name = n.owner || '/' || n.name,
              default_branch = coalesce(n.default_branch, r.default_branch)
            FROM unnest(\(known.map(\.githubID))::bigint[], \(known.map(\.owner))::text[],
              \(known.map(\.name))::text[], \(known.map(\.defaultBranch))::text[])
              AS n (github_repo_id, owner, name, default_branch)
            WHERE r.github_repo_id = n.github_repo_id
              AND (r.owner, r.name, r.default_branch) IS DISTINCT FROM
                (n.owner, n.name, coalesce(n.default_branch, r.default_branch))
            """)
    }

    /// The full names of rows; those that are not there are left out.
    ///
    /// - Throws: `PostgresError`.
    public func fullNames(ids: Set<UUID>) async throws -> [UUID: String] {
        let rows = try await connection.query(
            "SELECT id, full_name FROM repositories WHERE id = ANY(\(Array(ids))::uuid[])")
        return Dictionary(try rows.decode((UUID, String).self)) { first, _ in first }
    }

    /// The verified rows with a full name, in the order of GitHub's numbers: a repository that was deleted and made anew
    /// has another number.
    ///
    /// - Throws: `PostgresError`.
    public func find(fullName: String) async throws -> [(id: UUID, repository: GitHubRepository)] {
        let rows: [(UUID, Int64, String, String, String)] = try await connection.query(
            """
            SELECT id, github_repo_id, owner, name, default_branch FROM repositories
            WHERE full_name = \(fullName) AND is_verified ORDER BY github_repo_id
            """
        ).decode((UUID, Int64, String, String, String).self)
        return rows.map { id, githubID, owner, name, branch in
            (id: id, repository: GitHubRepository(githubID: githubID, owner: owner, name: name, defaultBranch: branch))
        }
    }
}

extension RepositoryStore {
    /// The repository; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func repository(_ id: UUID) async throws -> Repository? {
        let rows = try await connection.query(
            "SELECT \(unsafeSQL: Repository.columnList) FROM repositories WHERE id = \(id)")
        return try rows.first.map { try Repository($0) }
    }

    /// Says, as a user, that a repository is theirs. It is a claim until ``verify(_:)``: no agent works on it, and it gives
    /// way when a service inserts the repository for somebody else.
    ///
    /// - Throws: `PostgresError`: a ``ConstraintViolation`` of kind `unique` when the repository is there already.
    public func claim(_ repository: GitHubRepository, for userID: UUID) async throws -> Repository {
        let rows = try await connection.query(
            """
            INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name, default_branch)
            VALUES (\(userID), \(repository.githubID), \(repository.owner), \(repository.name), \(repository.fullName),
              \(repository.defaultBranch ?? "main"))
            RETURNING \(unsafeSQL: Repository.columnList)
            """)
        return try Repository(rows[0])
    }

    /// Says, as `.service`, that GitHub has shown a repository to be its user's. When its user changes the owner or the
    /// name it has to be verified again.
    ///
    /// - Returns: The repository; nil if there is none.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func verify(_ id: UUID) async throws -> Repository? {
        let rows = try await connection.query(
            "UPDATE repositories SET is_verified = true WHERE id = \(id) RETURNING \(unsafeSQL: Repository.columnList)")
        return try rows.first.map { try Repository($0) }
    }

    /// Lets agents work on a repository, or lets them not.
    ///
    /// - Returns: The repository; nil if there is none that the caller may change.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func setActive(_ isActive: Bool, _ id: UUID) async throws -> Repository? {
        let rows = try await connection.query(
            """
            UPDATE repositories SET is_active = \(isActive) WHERE id = \(id)
            RETURNING \(unsafeSQL: Repository.columnList)
            """)
        return try rows.first.map { try Repository($0) }
    }

    /// Removes a repository, with its runs and workflows.
    ///
    /// - Returns: Whether there was one that the caller may remove.
    /// - Throws: `PostgresError`.
    public func delete(_ id: UUID) async throws -> Bool {
        try await connection.query("SELECT delete_repository(\(id))").decode(Bool.self) == [true]
    }

    /// A user's repositories, newest first.
    ///
    /// - Parameters:
    ///   - userID: The user.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        of userID: UUID, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<Repository> {
        var listing = Listing<Repository>(limit: limit)
        listing.require("user_id", userID)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }

    /// The repositories of a user that agents work on, the active and verified ones, by their full names; the first 1,000.
    ///
    /// - Throws: `PostgresError`.
    public func active(of userID: UUID) async throws -> [Repository] {
        let rows = try await connection.query(
            """
            SELECT \(unsafeSQL: Repository.columnList) FROM repositories
            WHERE user_id = \(userID) AND is_active AND is_verified ORDER BY full_name LIMIT 1000
            """)
        return try rows.map { try Repository($0) }
    }
}
