import Foundation
import MiyabiDatabase
import Postgres

/// A marketplace for a test: Ann, Bob and an admin, the plugins `pro` and `free`.
struct Marketplace {
    let platform: TestPlatform
    let annID = MeteredPlatform.ann
    let bobID = MeteredPlatform.bob
    let ann: PostgresSessionRole
    let bob: PostgresSessionRole
    let admin: PostgresSessionRole

    var database: Database { platform.database }

    private init(_ platform: TestPlatform) async throws {
        self.platform = platform
        ann = .user(try VerifiedClaims(subject: annID))
        bob = .user(try VerifiedClaims(subject: bobID))
        let admin = try await platform.database.withSession(as: .service) { relations in
            let user = try await relations.users.create(.init(email: "admin@example.com"))
            return try await relations.users.setRole(.admin, of: user.id)
        }
        self.admin = .user(try VerifiedClaims(subject: admin?.id ?? UUID()))
    }

    /// The server's refusal of what a role may not do.
    func refusal(
        of role: PostgresSessionRole, _ body: @Sendable (Relations) async throws -> Void
    ) async throws -> String? {
        do {
            try await database.withSession(as: role) { try await body($0) }
            return nil
        } catch let error as PostgresError {
            return error.sqlState
        }
    }

    /// The violation of a constraint that something is.
    func violation(
        as role: PostgresSessionRole = .service, _ body: @Sendable (Relations) async throws -> Void
    ) async throws -> ConstraintViolation? {
        do {
            try await database.withSession(as: role) { try await body($0) }
            return nil
        } catch let error as ConstraintViolation {
            return error
        }
    }

    /// Runs `body` in a marketplace of its own.
    static func with(
        named name: String = #function, _ body: @escaping @Sendable (Marketplace) async throws -> Void
    ) async throws {
        try await MeteredPlatform.with(named: name) { try await body(Marketplace($0.platform)) }
    }
}
