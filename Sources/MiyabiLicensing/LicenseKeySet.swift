import Foundation
import JWTKit

/// The public keys whose licences are good: a JSON Web Key Set (RFC 7517), the newest key first. Keys that sign no more
/// stay in it for as long as licences of theirs are to be good.
public struct LicenseKeySet: Sendable, Equatable {
    /// The keys, each under a name of its own.
    public let keys: [LicensePublicKey]
    private let byName: [String: LicensePublicKey]

    /// A set of keys; of two with one name it takes the first.
    public init(_ keys: [LicensePublicKey]) {
        byName = Dictionary(keys.map { ($0.kid, $0) }) { first, _ in first }
        self.keys = keys.enumerated().filter { place, key in !keys[..<place].contains { $0.kid == key.kid } }
            .map(\.element)
    }

    /// Reads a key set.
    ///
    /// - Throws: ``LicenseKeyError`` for what is no set, a private key, a key of another kind, two keys with one name.
    public init(jwks text: String) throws(LicenseKeyError) {
        let set: JWKS
        do { set = try JSONDecoder().decode(JWKS.self, from: Data(text.utf8)) } catch { throw .notASet }
        var keys: [LicensePublicKey] = []
        for jwk in set.keys { keys.append(try LicensePublicKey(jwk)) }
        self.init(keys)
        guard self.keys.count == keys.count else { throw .nameTwice }
    }

    /// The set as JSON.
    public var jwks: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(JWKS(keys: keys.map(\.jwk))), as: UTF8.self)
        }
    }

    /// The key of a name.
    public subscript(kid: String) -> LicensePublicKey? { byName[kid] }
}

/// Why a text is no set of public keys.
public enum LicenseKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is not a JSON Web Key Set.
    case notASet
    /// A key has no `kid`.
    case nameless
    /// Two keys have one `kid`.
    case nameTwice
    /// The key with this name is of another kind than Ed25519 or P-256, or damaged.
    case unsupported(String)
    /// The key with this name is a private one, which must not be handed out.
    case notPublic(String)

    /// One sentence.
    public var description: String {
        switch self {
        case .notASet: "This is not a JSON Web Key Set."
        case .nameless: "A key of the set has no kid."
        case .nameTwice: "Two keys of the set have the same kid."
        case .unsupported(let kid): "Key \(kid.debugDescription) is not an Ed25519 or P-256 public key."
        case .notPublic(let kid): "Key \(kid.debugDescription) is a private key: hand out public keys only."
        }
    }
}
