import Foundation
import Fuzzing
import JWTKit
import Testing

@testable import MiyabiLicensing

@Suite struct LicenseVerifierTests {
    private let now = LicenseFixture.now

    @Test(arguments: LicenseAlgorithm.allCases) func aGoodLicenceSaysWhatWasSigned(_ algorithm: LicenseAlgorithm)
        async throws
    {
        let fixture = try LicenseFixture(algorithm)
        let claims = fixture.claims(notBefore: now)
        let read = try await fixture.verifier.verify(try await fixture.signer.sign(claims), for: "pro", at: now)
        #expect(read == claims)
        let forEver = fixture.claims(expiresAt: nil)
        let later = now + .seconds(86_400 * 3_650)
        #expect(try await fixture.verifier.verify(try await fixture.signer.sign(forEver), at: later) == forEver)
    }

    @Test(arguments: LicenseAlgorithm.allCases) func everyCharacterCounts(_ algorithm: LicenseAlgorithm) async throws {
        let fixture = try LicenseFixture(algorithm)
        let token = Array(try await fixture.signer.sign(fixture.claims()).utf8)
        for place in token.indices {
            var altered = token
            // The neighbour in the alphabet differs in the last bit, of which a decoder may not ask.
            altered[place] = token[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(await fixture.refusal(of: String(decoding: altered, as: UTF8.self)) != nil, "character \(place)")
        }
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8 where last != token.last {
            let altered = String(decoding: token.dropLast() + [last], as: UTF8.self)
            #expect(await fixture.refusal(of: altered) != nil, "last character \(Character(UnicodeScalar(last)))")
        }
        for length in token.indices {
            #expect(await fixture.refusal(of: String(decoding: token.prefix(length), as: UTF8.self)) != nil)
        }
    }

    @Test func mutatedTokensAreRefused() async throws {
        let fixture = try LicenseFixture()
        let token = try await fixture.signer.sign(fixture.claims())
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let bytes = generator.mutated(Array(token.utf8), inserting: [".", "..", "e30", "=", "\n", "bnVsbA"])
            let text = String(decoding: bytes, as: UTF8.self)
            if text != token { #expect(await fixture.refusal(of: text) != nil, "\(text)") }
        }
    }

    @Test(arguments: LicenseAlgorithm.allCases) func theKeyDecidesTheAlgorithm(_ algorithm: LicenseAlgorithm)
        async throws
    {
        let fixture = try LicenseFixture(algorithm)
        let other: LicenseAlgorithm = algorithm == .edDSA ? .es256 : .edDSA
        for name in ["none", "None", "HS256", "ES384", other.rawValue] {
            let token = try await fixture.token(fixture.header(["alg": "\"\(name)\""]), fixture.payload())
            #expect(await fixture.refusal(of: token) == .wrongAlgorithm(name))
            let unsigned = token.prefix(through: token.lastIndex(of: ".")!)
            #expect(await fixture.refusal(of: String(unsigned)) == .wrongAlgorithm(name))
        }
    }

    /// The public key as the secret of an HMAC, in every form in which it is handed out.
    @Test(arguments: LicenseAlgorithm.allCases) func aPublicKeyIsNoSecret(_ algorithm: LicenseAlgorithm) async throws {
        let fixture = try LicenseFixture(algorithm)
        let set = try LicenseKeySet([fixture.key.publicKey]).jwks
        let x = try #require(try JSONDecoder().decode(JWKS.self, from: Data(set.utf8)).keys.first?.x)
        for secret in [set, x] {
            let hmac = await JWTKeyCollection().add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
            for name in ["HS256", algorithm.rawValue] {
                let honest = try await fixture.token(fixture.header(["alg": "\"\(name)\""]), fixture.payload())
                let input = honest.prefix(upTo: honest.lastIndex(of: ".")!)
                let forged = Data(try await hmac.getKey().sign(Data(input.utf8)))
                let token = input + "." + forged.base64URL
                let expected: LicenseError = name == "HS256" ? .wrongAlgorithm("HS256") : .badSignature
                #expect(await fixture.refusal(of: token) == expected)
            }
        }
    }

    @Test func onlyKnownKeysCount() async throws {
        let (fixture, stranger) = (try LicenseFixture(), try LicenseFixture())
        let foreign = try await stranger.signer.sign(stranger.claims())
        #expect(await fixture.refusal(of: foreign) == .unknownKey(stranger.kid))
        let nameless = try await fixture.token(fixture.header(["kid": nil]), fixture.payload())
        #expect(await fixture.refusal(of: nameless) == .unknownKey(nil))
        let borrowed = try await stranger.token(stranger.header(["kid": "\"\(fixture.kid)\""]), stranger.payload())
        #expect(await fixture.refusal(of: borrowed) == .badSignature)
        let embedded = try await stranger.token(
            stranger.header(["jwk": #"{"kty":"OKP"}"#, "jku": #""https://example.com""#]), stranger.payload())
        #expect(await fixture.refusal(of: embedded) == .unknownKey(stranger.kid))
    }

    @Test(
        arguments: [
            ["typ": nil], ["typ": #""JWT""#], ["typ": #""miyabi-revocations+jwt""#], ["crit": #"["exp"]"#],
            ["crit": "[]"],
            ["alg": nil], ["alg": "1"], ["kid": "1"], ["kid": #"["a"]"#], ["typ": "1e300"],
        ] as [[String: String?]]) func oddHeadersAreMalformed(_ others: [String: String?]) async throws
    {
        let fixture = try LicenseFixture()
        for (name, value) in others {
            let token = try await fixture.token(fixture.header([name: value]), fixture.payload())
            #expect(await fixture.refusal(of: token) == .malformed)
        }
    }

    @Test(
        arguments: [
            ["iss": nil], ["sub": nil], ["sub": #""ann""#], ["aud": nil], ["aud": #"["pro"]"#], ["jti": nil],
            ["iat": nil],
            ["iat": #""1764547200""#], ["iat": "1764547200.5"], ["iat": "-1"], ["exp": "1e300"],
            ["exp": "9223372036854775807"],
            ["exp": "true"], ["nbf": "{}"], ["tier": nil], ["tier": #""gold""#],
        ] as [[String: String?]]) func oddClaimsAreMalformed(_ others: [String: String?]) async throws
    {
        let fixture = try LicenseFixture()
        #expect(await fixture.refusal(of: try await fixture.token(fixture.header(), fixture.payload())) == nil)
        for (name, value) in others {
            let token = try await fixture.token(fixture.header(), fixture.payload([name: value]))
            #expect(await fixture.refusal(of: token) == .malformed)
        }
    }

    @Test func whatIsNoTokenIsMalformed() async throws {
        let fixture = try LicenseFixture()
        let token = try await fixture.signer.sign(fixture.claims())
        let deep = String(repeating: "[", count: 100_000)
        for text in [
            "", ".", "..", "a.b", "\(token).", "\(token).a", "\(token)=", "\(token)\n", " \(token)", "é.é.é",
            try await fixture.token(fixture.header(), "[]"), try await fixture.token("[]", fixture.payload()),
            try await fixture.token(fixture.header(), fixture.payload(["features": "{"])),
            try await fixture.token(fixture.header(["x": "1e300"]) + "x", fixture.payload()),
            try await fixture.token(deep, fixture.payload()), try await fixture.token(fixture.header(), deep),
            String(repeating: "a", count: 100_000),
        ] { #expect(await fixture.refusal(of: text) == .malformed, "\(text.prefix(80))") }
        // A number that no integer holds, where jwt-kit's own header type would trap.
        let large = try await fixture.token(fixture.header(["x": "1e300"]), fixture.payload())
        #expect(await fixture.refusal(of: large) == nil)
    }

    @Test func issuerAndPluginMustAgree() async throws {
        let fixture = try LicenseFixture()
        let token = try await fixture.signer.sign(fixture.claims())
        #expect(await fixture.refusal(of: token, for: "free") == .wrongPlugin("pro"))
        #expect(await fixture.refusal(of: token, for: "pro") == nil)
        let other = try await LicenseSigner(fixture.key, issuer: "somebody").sign(fixture.claims())
        #expect(await fixture.refusal(of: other) == .wrongIssuer("somebody"))
    }

    /// Whatever the times and the skew, exactly the moments within the skew of the licence's own are good.
    @Test func clocksMayDifferByTheSkewAndNoMore() async throws {
        let fixture = try LicenseFixture()
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let skew = Duration.milliseconds(Int64.random(in: 0...300_000, using: &generator))
            let start = now + .seconds(Int64.random(in: 0...600, using: &generator))
            let end = start + .seconds(Int64.random(in: 1...600, using: &generator))
            let verifier = LicenseVerifier(keys: LicenseKeySet([fixture.key.publicKey]), clockSkew: skew)
            let token = try await fixture.signer.sign(fixture.claims(notBefore: start, expiresAt: end))
            for edge in [start - skew, end + skew] {
                for offset in [-1, 0, 1, Int64.random(in: -1_000_000...1_000_000, using: &generator)] {
                    let moment = edge + .milliseconds(offset)
                    let expected: LicenseError? =
                        moment < start - skew ? .notYetValid(start) : moment >= end + skew ? .expired(end) : nil
                    var refusal: LicenseError?
                    do throws(LicenseError) { _ = try await verifier.verify(token, at: moment) } catch {
                        refusal = error
                    }
                    #expect(refusal == expected, "skew \(skew), from \(start) to \(end), at \(moment)")
                }
            }
        }
    }

    @Test func theSkewIsBounded() throws {
        let keys = LicenseKeySet([])
        #expect(LicenseVerifier(keys: keys).clockSkew == .seconds(60))
        #expect(LicenseVerifier(keys: keys, clockSkew: .seconds(86_400)).clockSkew == .seconds(300))
        #expect(LicenseVerifier(keys: keys, clockSkew: .seconds(-1)).clockSkew == .zero)
    }
}
