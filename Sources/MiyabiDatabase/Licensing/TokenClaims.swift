internal import JWTKit

/// What a signed token of Miyabi may say. Each kind has a type of its own in the header, so that no token passes for one of
/// another kind (RFC 8725, section 3.11).
protocol TokenClaims: Codable, Sendable {
    /// The header's `typ`.
    static var type: String { get }
    /// How many bytes a token may have.
    static var largest: Int { get }
}

/// The claims as jwt-kit takes them. It has nothing to verify beyond the signature: ``LicenseVerifier`` knows the clock.
struct TokenPayload<Claims: TokenClaims>: JWTPayload {
    let claims: Claims

    init(_ claims: Claims) {
        self.claims = claims
    }

    init(from decoder: any Decoder) throws {
        claims = try Claims(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try claims.encode(to: encoder)
    }

    func verify(using algorithm: some JWTAlgorithm) {}
}
