public import Foundation
public import Postgres

/// Somebody who uses the marketplace: a row of `users` (specification, section 2.2.1).
public struct User: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// What they say of themselves.
    public var profile: Profile
    /// Stripe's id of the customer, if they are one; no two users share it.
    public var stripeCustomerID: String?
    /// What they may do.
    public var role: Role
    /// When they came.
    public var createdAt: Date
    /// When the row was changed last.
    public var updatedAt: Date

    /// What users may change themselves.
    public struct Profile: Sendable, Hashable {
        /// The address. It is one user's, in whichever case it is written.
        public var email: String
        /// What they are called.
        public var name: String?

        /// What users may change themselves.
        public init(email: String, name: String? = nil) {
            self.email = email
            self.name = name
        }
    }

    /// What somebody may do.
    public enum Role: String, PostgresEnum, CaseIterable {
        /// What is theirs.
        case user
        /// See everything, and decide on plugins, submissions and licences.
        case admin
    }
}

extension User: KeysetRow {
    static let table = "users"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = ["id", "email", "name", "stripe_customer_id", "role", "created_at", "updated_at"]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        profile = Profile(email: try row.decode("email"), name: try row.decode("name"))
        stripeCustomerID = try row.decode("stripe_customer_id")
        role = try row.decode("role")
        createdAt = try row.decode("created_at")
        updatedAt = try row.decode("updated_at")
    }
}

/// Rows of `users` (specification, section 2.2.1): users see themselves and change their profiles, admins see everyone,
/// the rest is for `.service`.
public struct UserStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Adds a user.
    ///
    /// - Throws: `PostgresError`, also when the address is another user's or is none.
    public func create(_ profile: User.Profile, id: UUID = UUID()) async throws -> User {
        let rows = try await connection.query(
            """
            INSERT INTO users (id, email, name) VALUES (\(id), \(profile.email), \(profile.name))
            RETURNING \(unsafeSQL: User.columnList)
            """)
        return try User(rows[0])
    }

    /// The user; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func user(_ id: UUID) async throws -> User? {
        try await first("SELECT \(unsafeSQL: User.columnList) FROM users WHERE id = \(id)")
    }

    /// The user with an address, in whichever case it is written.
    ///
    /// - Throws: `PostgresError`.
    public func find(email: String) async throws -> User? {
        try await first("SELECT \(unsafeSQL: User.columnList) FROM users WHERE email_folded = lower(\(email))")
    }

    /// The user whom Stripe knows by an id.
    ///
    /// - Throws: `PostgresError`.
    public func find(stripeCustomerID: String) async throws -> User? {
        try await first(
            "SELECT \(unsafeSQL: User.columnList) FROM users WHERE stripe_customer_id = \(stripeCustomerID)")
    }

    /// Puts another profile in place of a user's.
    ///
    /// - Returns: The user; nil if there is none that the caller may change.
    /// - Throws: `PostgresError`, also when the address is another user's or is none.
    public func replace(_ id: UUID, with profile: User.Profile) async throws -> User? {
        try await first(
            """
            UPDATE users SET email = \(profile.email), name = \(profile.name)
            WHERE id = \(id) RETURNING \(unsafeSQL: User.columnList)
            """)
    }

    /// Says what a user may do.
    ///
    /// - Returns: The user; nil if there is none.
    /// - Throws: `PostgresError`.
    public func setRole(_ role: User.Role, of id: UUID) async throws -> User? {
        try await first(
            "UPDATE users SET role = \(role) WHERE id = \(id) RETURNING \(unsafeSQL: User.columnList)")
    }

    /// Says whom Stripe takes a user for; nil for nobody.
    ///
    /// - Returns: The user; nil if there is none.
    /// - Throws: `PostgresError`, also when the customer is another user.
    public func setStripeCustomer(_ customerID: String?, of id: UUID) async throws -> User? {
        try await first(
            """
            UPDATE users SET stripe_customer_id = \(customerID)
            WHERE id = \(id) RETURNING \(unsafeSQL: User.columnList)
            """)
    }

    /// Removes a user without a history. What was bought, used, written or reviewed stays, and with it its user.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: `PostgresError`, also when the user has a history: a ``ConstraintViolation`` of kind `foreignKey`, whose
    ///   table is the one that refers to them.
    public func delete(_ id: UUID) async throws -> Bool {
        try await connection.execute("DELETE FROM users WHERE id = \(id)") > 0
    }

    /// Users, newest first.
    ///
    /// - Parameters:
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(after cursor: PageCursor? = nil, limit: Int = 50) async throws -> Page<User> {
        try await Listing<User>(limit: limit).page(after: cursor, on: connection, cursorKey)
    }

    private func first(_ query: PostgresQuery) async throws -> User? {
        try await connection.query(query).first.map { try User($0) }
    }
}
