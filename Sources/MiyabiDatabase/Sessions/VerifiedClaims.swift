public import Foundation

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
