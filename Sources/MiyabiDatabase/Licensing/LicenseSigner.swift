public import Foundation
internal import JWTKit

/// Issues licences and lists of revoked ones, with one private key.
public struct LicenseSigner: Sendable {
    /// What tokens name as their issuer unless it is told otherwise.
    public static let defaultIssuer = "miyabi"

    /// The key.
    public let key: LicenseSigningKey
    /// What the tokens name as their issuer.
    public let issuer: String

    /// A signer.
    public init(_ key: LicenseSigningKey, issuer: String = defaultIssuer) {
        self.key = key
        self.issuer = issuer
    }

    /// A licence's token, whose header names the key.
    ///
    /// - Throws: `EncodingError` for features or limitations that are no JSON.
    public func sign(_ claims: LicenseClaims) async throws -> String {
        var claims = claims
        claims.issuer = issuer
        return try await token(claims)
    }

    /// A list of revoked licences as a token.
    ///
    /// - Parameters:
    ///   - ids: The licences.
    ///   - moment: When the list was drawn up.
    ///   - lifetime: For how long it may be relied on. A holder cannot tell it from a newer one, so this is how late a
    ///     revocation may come into force.
    /// - Throws: What jwt-kit throws.
    public func sign(
        revoking ids: Set<UUID>, at moment: Timestamp = .now(), lifetime: Duration = .seconds(86_400)
    ) async throws -> String {
        try await token(
            RevocationClaims(issuer: issuer, issuedAt: moment, expiresAt: moment + lifetime, ids: ids))
    }

    private func token<Claims: TokenClaims>(_ claims: Claims) async throws -> String {
        try await key.collection.sign(
            TokenPayload(claims), header: ["typ": .string(Claims.type), "kid": .string(key.publicKey.kid)])
    }
}
