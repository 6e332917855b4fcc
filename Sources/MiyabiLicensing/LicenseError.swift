public import Foundation

/// Why a licence, or a list of revoked ones, is not good. It never holds the token.
public enum LicenseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is not a token of this kind: not three parts of base64url, not the expected type and claims, or too large.
    case malformed
    /// It names no key that is known.
    case unknownKey(String?)
    /// It says another algorithm than its key's, such as `none`.
    case wrongAlgorithm(String)
    /// The signature is not the key's.
    case badSignature
    /// Somebody else issued it.
    case wrongIssuer(String)
    /// It is for another plugin.
    case wrongPlugin(String)
    /// It is good only from this moment on, or was issued in the future.
    case notYetValid(Timestamp)
    /// It ended at this moment.
    case expired(Timestamp)
    /// It was revoked.
    case revoked(UUID)
    /// The list of revoked licences is too old to say that this one was not revoked.
    case staleRevocations(Timestamp)

    /// The case's name, for programs.
    public var reason: String {
        switch self {
        case .malformed: "malformed"
        case .unknownKey: "unknown_key"
        case .wrongAlgorithm: "wrong_algorithm"
        case .badSignature: "bad_signature"
        case .wrongIssuer: "wrong_issuer"
        case .wrongPlugin: "wrong_plugin"
        case .notYetValid: "not_yet_valid"
        case .expired: "expired"
        case .revoked: "revoked"
        case .staleRevocations: "stale_revocations"
        }
    }

    /// One sentence.
    public var description: String {
        switch self {
        case .malformed: "This is not a Miyabi token."
        case .unknownKey(let kid):
            kid.map { "The token was signed with the unknown key \($0.debugDescription)." }
                ?? "The token does not say which key signed it."
        case .wrongAlgorithm(let name): "The token's algorithm \(name.debugDescription) does not match its key."
        case .badSignature: "The token's signature is wrong."
        case .wrongIssuer(let issuer): "The token was issued by \(issuer.debugDescription)."
        case .wrongPlugin(let plugin): "The licence is for the plugin \(plugin.debugDescription)."
        case .notYetValid(let moment): "The token is not valid before \(moment)."
        case .expired(let moment): "The licence expired at \(moment)."
        case .revoked(let id): "Licence \(id.lowercased) was revoked."
        case .staleRevocations(let moment): "The list of revoked licences was valid until \(moment): fetch a newer one."
        }
    }
}
