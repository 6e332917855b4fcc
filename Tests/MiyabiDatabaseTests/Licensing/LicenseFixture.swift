import Foundation
import JWTKit
import Postgres

@testable import MiyabiLicensing

/// An issuer with one key, and tokens that only an attacker would make.
struct LicenseFixture {
    let key: LicenseSigningKey
    var signer: LicenseSigner { LicenseSigner(key) }
    var verifier: LicenseVerifier { LicenseVerifier(keys: LicenseKeySet([key.publicKey])) }
    var kid: String { key.publicKey.kid }

    static let now = Timestamp(iso8601: "2025-12-01T00:00:00Z")!

    init(_ algorithm: LicenseAlgorithm = .edDSA) throws {
        key = try LicenseSigningKey(generating: algorithm)
    }

    /// A licence of a month.
    func claims(
        notBefore: Timestamp? = nil, expiresAt: Timestamp? = now + .seconds(30 * 86_400)
    ) -> LicenseClaims {
        LicenseClaims(
            issuer: "miyabi", userID: UUID(), pluginID: "pro", issuedAt: Self.now, notBefore: notBefore,
            expiresAt: expiresAt, tier: .pro,
            features: .object(["agents": .array([.string("Review")]), "api_access": .bool(true)]),
            limitations: .object(["issues_per_month": .integer(1000), "share": .number(0.25)]))
    }

    /// A token of any header and payload, signed with the key.
    func token(_ header: String, _ payload: String) async throws -> String {
        let input = Data(header.utf8).base64URL + "." + Data(payload.utf8).base64URL
        let signature = try await key.collection.getKey(for: JWKIdentifier(string: kid)).sign(Data(input.utf8))
        return input + "." + Data(signature).base64URL
    }

    /// The header that ``signer`` writes, with other members in place of some or beside them; nil leaves one out.
    func header(_ others: KeyValuePairs<String, String?> = [:]) -> String {
        var members: [String: String] = [
            "alg": "\"\(key.publicKey.algorithm.rawValue)\"", "kid": "\"\(kid)\"", "typ": "\"miyabi-license+jwt\"",
        ]
        for (name, value) in others { members[name] = value }
        return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    /// A payload that is right, with other members in place of some; nil leaves one out.
    func payload(_ others: KeyValuePairs<String, String?> = [:]) -> String {
        var members: [String: String] = [
            "iss": #""miyabi""#, "sub": "\"\(UUID())\"", "aud": #""pro""#, "jti": "\"\(UUID())\"",
            "iat": "\(Self.now.seconds)", "tier": #""pro""#,
        ]
        for (name, value) in others { members[name] = value }
        return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    /// Why a token is refused now; nil if it is not.
    func refusal(of token: String, for plugin: String? = nil, at moment: Timestamp = now) async -> LicenseError? {
        do throws(LicenseError) {
            _ = try await verifier.verify(token, for: plugin, at: moment)
            return nil
        } catch {
            return error
        }
    }
}
