public import Foundation
public import Postgres

/// What a token said about its bearer, after its signature was verified: `auth.jwt()` in SQL, its `sub` `auth.uid()`.
///
/// Whoever makes this value vouches for it; the database does not check it again.
public struct VerifiedClaims: Sendable, Hashable {
    /// The user.
    public let subject: UUID
    /// All claims as a JSON object.
    let json: String

    /// - Parameters:
    ///   - subject: The user's id, in `users` or `web_users`.
    ///   - others: Further claims, such as `email`. `sub` and `role` are not theirs to set.
    public init(subject: UUID, others: [String: String] = [:]) throws {
        self.subject = subject
        let id = subject.lowercased
        let claims = others.merging(["sub": id, "role": "authenticated"]) { _, own in own }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        json = String(decoding: try encoder.encode(claims), as: UTF8.self)
    }
}

/// The three identities that Miyabi's policies know (docs/schema.md).
extension PostgresSessionRole {
    /// A user who is signed in. Who is no admin reads under a policy that the planner finds their rows by; they see the
    /// same with it and without (docs/schema.md).
    public static func user(_ claims: VerifiedClaims) -> PostgresSessionRole {
        var role = request("authenticated", claims: claims.json, limits: people)
        role.preparation = "SELECT auth.narrow()"
        return role
    }

    /// Nobody signed in.
    public static let anonymous = request("anon", claims: #"{"role":"anon"}"#, limits: people)

    /// Miyabi's own services, which may see and change every row, but not the schema. They are bound by the login's limits; long
    /// work names its own: `.service.with(statementTimeout: .seconds(1800))`.
    public static let service = request("service_role", claims: #"{"role":"service_role"}"#)

    /// The relay of the outbox, which may take changes out of it, and little else.
    package static let relay = request("outbox_relay", claims: #"{"role":"outbox_relay"}"#)

    /// What one person's request may take of the server, beside the login's own limits: `SET ROLE` does not apply settings of
    /// a role. They bind a request that is slow, not one whose SQL somebody else has written.
    private static let people = [
        "statement_timeout": "30s", "idle_in_transaction_session_timeout": "30s", "lock_timeout": "10s",
    ]

    private static func request(
        _ role: String, claims: String, limits: [String: String] = [:]
    ) -> PostgresSessionRole {
        PostgresSessionRole(role, settings: limits.merging(["request.jwt.claims": claims]) { $1 })
    }
}
