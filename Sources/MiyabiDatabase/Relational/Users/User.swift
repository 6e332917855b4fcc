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
