public import Foundation

/// The licences that were revoked, as one signed statement: ``LicenseVerifier/revocations(_:at:)`` alone makes it, so that
/// whoever holds one knows that it is the issuer's.
public struct RevocationList: Sendable, Hashable {
    /// When it was drawn up, in whole seconds.
    public let issuedAt: Timestamp
    /// Until when it may be relied on, in whole seconds.
    public let expiresAt: Timestamp
    /// The revoked licences, without those that had expired long before.
    public let ids: Set<UUID>

    init(_ claims: RevocationClaims) {
        issuedAt = claims.issuedAt
        expiresAt = claims.expiresAt
        ids = claims.ids
    }
}

/// The claims of a list's token.
struct RevocationClaims: TokenClaims {
    static let type = "miyabi-revocations+jwt"
    /// A million ids have 39 MB, and 52 MB as base64.
    static let largest = 64 * 1024 * 1024

    let issuer: String
    let issuedAt: Timestamp
    let expiresAt: Timestamp
    let ids: Set<UUID>

    private enum CodingKeys: String, CodingKey {
        case iss, iat, exp, revoked
    }

    init(issuer: String, issuedAt: Timestamp, expiresAt: Timestamp, ids: Set<UUID>) {
        self.issuer = issuer
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.ids = ids
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try container.decode(String.self, forKey: .iss)
        issuedAt = try container.decode(NumericDate.self, forKey: .iat).moment
        expiresAt = try container.decode(NumericDate.self, forKey: .exp).moment
        ids = Set(try container.decode([UUID].self, forKey: .revoked))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(issuer, forKey: .iss)
        try container.encode(NumericDate(issuedAt), forKey: .iat)
        try container.encode(NumericDate(expiresAt), forKey: .exp)
        try container.encode(ids.map(\.lowercased).sorted(), forKey: .revoked)
    }
}
