public import Foundation
import Postgres

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
