public import Foundation

/// What a licence says: the claims of its token (RFC 7519, section 4.1) and what was sold.
public struct LicenseClaims: Sendable, Hashable {
    /// Who issued it: `iss`.
    public var issuer: String
    /// Whose it is, a row of `users`: `sub`.
    public var userID: UUID
    /// What it is for, a row of `plugins`: `aud`.
    public var pluginID: String
    /// Which licence it is, a row of `licenses`: `jti`.
    public var id: UUID
    /// When it was issued, in whole seconds: `iat`.
    public var issuedAt: Timestamp
    /// Before this moment it is not valid, in whole seconds; nil for the moment of issue: `nbf`.
    public var notBefore: Timestamp?
    /// From this moment on it is not valid, in whole seconds; nil for no end: `exp`.
    public var expiresAt: Timestamp?
    /// What it is sold as.
    public var tier: PluginTier
    /// What it lets one do: an object, as in `licenses`.
    public var features: JSONValue?
    /// How much of it: an object, as in `licenses`.
    public var limitations: JSONValue?

    /// The claims of a licence. Times are cut to whole seconds.
    public init(
        issuer: String, userID: UUID, pluginID: String, id: UUID = UUID(), issuedAt: Timestamp = .now(),
        notBefore: Timestamp? = nil, expiresAt: Timestamp? = nil, tier: PluginTier, features: JSONValue? = nil,
        limitations: JSONValue? = nil
    ) {
        self.issuer = issuer
        self.userID = userID
        self.pluginID = pluginID
        self.id = id
        self.issuedAt = Timestamp(seconds: issuedAt.seconds)
        self.notBefore = notBefore.map { Timestamp(seconds: $0.seconds) }
        self.expiresAt = expiresAt.map { Timestamp(seconds: $0.seconds) }
        self.tier = tier
        self.features = features
        self.limitations = limitations
    }
}

extension LicenseClaims: TokenClaims {
    static let type = "miyabi-license+jwt"
    static let largest = 64 * 1024

    /// What a token calls its licence, whoever signed it: enough to revoke it.
    package static func idOfUnverified(_ token: String) -> UUID? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Data(base64URL: String(parts[1])) else { return nil }
        return (try? JSONDecoder().decode(LicenseClaims.self, from: payload))?.id
    }
}

/// The claims as the token's JSON has them.
extension LicenseClaims: Codable {
    private enum CodingKeys: String, CodingKey {
        case iss, sub, aud, jti, iat, nbf, exp, tier, features, limitations
    }

    /// Reads the claims; that proves nothing about who wrote them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try container.decode(String.self, forKey: .iss)
        userID = try container.decode(UUID.self, forKey: .sub)
        pluginID = try container.decode(String.self, forKey: .aud)
        id = try container.decode(UUID.self, forKey: .jti)
        issuedAt = try container.decode(NumericDate.self, forKey: .iat).moment
        notBefore = try container.decodeIfPresent(NumericDate.self, forKey: .nbf)?.moment
        expiresAt = try container.decodeIfPresent(NumericDate.self, forKey: .exp)?.moment
        tier = try container.decode(PluginTier.self, forKey: .tier)
        features = try container.decodeIfPresent(JSONValue.self, forKey: .features)
        limitations = try container.decodeIfPresent(JSONValue.self, forKey: .limitations)
    }

    /// Writes the claims.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(issuer, forKey: .iss)
        try container.encode(userID.lowercased, forKey: .sub)
        try container.encode(pluginID, forKey: .aud)
        try container.encode(id.lowercased, forKey: .jti)
        try container.encode(NumericDate(issuedAt), forKey: .iat)
        try container.encodeIfPresent(notBefore.map(NumericDate.init), forKey: .nbf)
        try container.encodeIfPresent(expiresAt.map(NumericDate.init), forKey: .exp)
        try container.encode(tier, forKey: .tier)
        try container.encodeIfPresent(features, forKey: .features)
        try container.encodeIfPresent(limitations, forKey: .limitations)
    }
}

/// A moment in whole seconds, as tokens have it (RFC 7519, section 2), from 1970 through 9999.
struct NumericDate: Codable {
    let moment: Timestamp

    init(_ moment: Timestamp) {
        self.moment = moment
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let seconds = try container.decode(Int64.self)
        guard (0...253_402_300_799).contains(seconds) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date")
        }
        moment = Timestamp(seconds: seconds)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(moment.seconds)
    }
}

/// What a plugin, or a licence for it, is sold as.
public enum PluginTier: String, Sendable, CaseIterable, Codable {
    /// Without payment.
    case free
    /// For a person or a team.
    case pro
    /// For a company.
    case enterprise
    /// On top of another plugin.
    case addon
}
