public import Foundation
import Postgres

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
        try await connection.execute("DELETE FROM repositories WHERE id = \(id)") > 0
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
