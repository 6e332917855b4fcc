import Crypto
public import Foundation
import JWTKit

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
    /// - Throws: `EncodingError` for a number that is infinite or none.
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

/// A private key that signs licences. It never shows itself: only ``pem`` has its secret.
public struct LicenseSigningKey: Sendable {
    enum Material {
        case edDSA(EdDSA.PrivateKey)
        case es256(P256.Signing.PrivateKey)
    }

    let material: Material

    /// The key that verifies what this one signs.
    public let publicKey: LicensePublicKey

    /// A new key.
    ///
    /// - Throws: What the generator throws.
    public init(generating algorithm: LicenseAlgorithm = .edDSA) throws {
        switch algorithm {
        case .edDSA: self.init(.edDSA(try EdDSA.PrivateKey()))
        case .es256: self.init(.es256(P256.Signing.PrivateKey()))
        }
    }

    /// Reads PKCS #8 in PEM, as ``pem`` and `openssl genpkey` write it; nil for anything but a key of a
    /// ``LicenseAlgorithm``.
    public init?(pem: String) {
        if let key = try? EdDSA.PrivateKey(pem: pem) {
            self.init(.edDSA(key))
        } else if let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) {
            self.init(.es256(key))
        } else {
            return nil
        }
    }

    private init(_ material: Material) {
        self.material = material
        publicKey =
            switch material {
            case .edDSA(let key): LicensePublicKey(.edDSA(key.publicKey))
            case .es256(let key): LicensePublicKey(.es256(key.publicKey))
            }
    }

    /// The secret, PKCS #8 in PEM. Whoever reads it takes care of it.
    public var pem: String {
        switch material {
        case .edDSA(let key): key.pemRepresentation
        case .es256(let key): key.pemRepresentation
        }
    }
}

extension LicenseSigningKey: CustomStringConvertible, CustomReflectable {
    /// The name of the key, nothing of the secret.
    public var description: String { "private key of \(publicKey)" }
    /// Shows nothing, so that `dump` is safe.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension LicenseSigningKey {
    /// The key under its name, as jwt-kit signs with it.
    var collection: JWTKeyCollection {
        get async throws {
            let name = JWKIdentifier(string: publicKey.kid)
            return switch material {
            case .edDSA(let key): await JWTKeyCollection().add(eddsa: key, kid: name)
            case .es256(let key): await JWTKeyCollection().add(ecdsa: try ES256PrivateKey(backing: key), kid: name)
            }
        }
    }
}
