import Crypto
import Foundation
import JWTKit

/// A key that verifies licences, and that everyone may have.
public struct LicensePublicKey: Sendable, Hashable, CustomStringConvertible {
    enum Material {
        case edDSA(EdDSA.PublicKey)
        case es256(P256.Signing.PublicKey)
    }

    let material: Material

    /// The key's name, which tokens carry. A key that is made here is called by its thumbprint (RFC 7638), so that no two keys
    /// have one name.
    public let kid: String

    init(_ material: Material, kid: String? = nil) {
        self.material = material
        self.kid = kid ?? Self.thumbprint(of: material)
    }

    /// How the key signs.
    public var algorithm: LicenseAlgorithm {
        switch material {
        case .edDSA: .edDSA
        case .es256: .es256
        }
    }

    /// Algorithm and name.
    public var description: String { "\(algorithm.rawValue) \(kid)" }

    /// By name and coordinates.
    public static func == (left: LicensePublicKey, right: LicensePublicKey) -> Bool {
        left.kid == right.kid && coordinates(of: left.material) == coordinates(of: right.material)
    }

    /// By name.
    public func hash(into hasher: inout Hasher) { hasher.combine(kid) }

    /// A digest of the members that make the key, in the order that RFC 7638, section 3.2, and RFC 8037, section 2, fix.
    private static func thumbprint(of material: Material) -> String {
        let members =
            switch coordinates(of: material) {
            case (let x, nil): #"{"crv":"Ed25519","kty":"OKP","x":"\#(x)"}"#
            case (let x, let y?): #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
            }
        return Data(SHA256.hash(data: Data(members.utf8))).base64URL
    }

    private static func coordinates(of material: Material) -> (x: String, y: String?) {
        switch material {
        case .edDSA(let key): return (key.rawRepresentation.base64URL, nil)
        case .es256(let key):
            // 4 for an uncompressed point, then both coordinates of 32 bytes.
            let point = key.x963Representation.dropFirst()
            return (Data(point.prefix(32)).base64URL, Data(point.suffix(32)).base64URL)
        }
    }

    /// The key under its name and no other: from a larger collection jwt-kit would take its default key for a name that it
    /// does not know.
    var collection: JWTKeyCollection {
        get async throws {
            let name = JWKIdentifier(string: kid)
            return switch material {
            case .edDSA(let key): await JWTKeyCollection().add(eddsa: key, kid: name)
            case .es256(let key): await JWTKeyCollection().add(ecdsa: try ES256PublicKey(backing: key), kid: name)
            }
        }
    }
}

/// The key in a set (RFC 7517).
extension LicensePublicKey {
    /// - Throws: ``LicenseKeyError``.
    init(_ jwk: JWK) throws(LicenseKeyError) {
        guard let kid = jwk.keyIdentifier?.string, !kid.isEmpty else { throw .nameless }
        guard jwk.privateExponent == nil else { throw .notPublic(kid) }
        switch (jwk.keyType, jwk.curve?.rawValue, jwk.algorithm, jwk.x, jwk.y) {
        case (.octetKeyPair, "Ed25519", .eddsa?, let x?, nil), (.octetKeyPair, "Ed25519", nil, let x?, nil):
            guard let key = try? EdDSA.PublicKey(x: x, curve: .ed25519) else { throw .unsupported(kid) }
            self.init(.edDSA(key), kid: kid)
        case (.ecdsa, "P-256", .es256?, let x?, let y?), (.ecdsa, "P-256", nil, let x?, let y?):
            guard let x = Data(base64URL: x), let y = Data(base64URL: y),
                let key = try? P256.Signing.PublicKey(x963Representation: [4] + x + y)
            else { throw .unsupported(kid) }
            self.init(.es256(key), kid: kid)
        default: throw .unsupported(kid)
        }
    }

    var jwk: JWK {
        let (x, y) = Self.coordinates(of: material)
        let name = JWKIdentifier(string: kid)
        return switch algorithm {
        case .edDSA: .octetKeyPair(.eddsa, identifier: name, x: x, y: nil, curve: .ed25519)
        case .es256: .ecdsa(.es256, identifier: name, x: x, y: y, curve: .p256)
        }
    }
}

/// How licences are signed. A key has one algorithm for good, whatever a token says about itself (RFC 8725, section 3.1).
public enum LicenseAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// Ed25519 (RFC 8037).
    case edDSA = "EdDSA"
    /// ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).
    case es256 = "ES256"
}
