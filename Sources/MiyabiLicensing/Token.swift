import Foundation
import JWTKit

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

/// The header of a token in compact form (RFC 7515, section 7.1), before anything is verified.
struct TokenHeader: Decodable {
    let algorithm: String
    let kid: String?
    let type: String?

    private enum CodingKeys: String, CodingKey {
        case algorithm = "alg"
        case kid
        case type = "typ"
        case critical = "crit"
    }

    /// Reads the header of a token of at most so many bytes, all whose parts are base64url in its one canonical form.
    ///
    /// - Throws: ``LicenseError/malformed``.
    init(of token: String, largest: Int) throws(LicenseError) {
        guard token.utf8.count <= largest else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed }
        for part in parts {
            // Without this, spare bits of a last character would make many texts of one signature.
            guard let data = Data(base64URL: String(part)), data.base64URL == part else { throw .malformed }
        }
        do {
            self = try JSONDecoder().decode(TokenHeader.self, from: Data(base64URL: String(parts[0])) ?? Data())
        } catch {
            throw .malformed
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // We know no extension that could be critical (RFC 7515, section 4.1.11).
        guard !container.contains(.critical) else {
            throw DecodingError.dataCorruptedError(
                forKey: .critical, in: container, debugDescription: "unknown extension")
        }
        algorithm = try container.decode(String.self, forKey: .algorithm)
        kid = try container.decodeIfPresent(String.self, forKey: .kid)
        type = try container.decodeIfPresent(String.self, forKey: .type)
    }
}
