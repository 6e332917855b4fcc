import Foundation
import MiyabiDatabase
import Testing

@Suite struct RevocationListTests {
    private let now = LicenseFixture.now

    /// What a verifier says of a licence and a list.
    private func refusal(_ body: () async throws -> Void) async throws -> LicenseError? {
        do {
            try await body()
            return nil
        } catch let error as LicenseError {
            return error
        }
    }

    @Test(arguments: LicenseAlgorithm.allCases) func aRevokedLicenceIsRefusedOffline(_ algorithm: LicenseAlgorithm)
        async throws
    {
        let fixture = try LicenseFixture(algorithm)
        let (good, bad) = (fixture.claims(), fixture.claims())
        let list = try await fixture.verifier.revocations(
            try await fixture.signer.sign(revoking: [bad.id, UUID()], at: now), at: now)
        #expect(list.ids.count == 2)
        #expect(list.expiresAt == now + .seconds(86_400))
        _ = try await fixture.verifier.verify(try await fixture.signer.sign(good), revocations: list, at: now)
        let revoked = try await fixture.signer.sign(bad)
        #expect(
            try await refusal { _ = try await fixture.verifier.verify(revoked, revocations: list, at: now) }
                == .revoked(bad.id))
        // Who has no list cannot know.
        _ = try await fixture.verifier.verify(revoked, at: now)
    }

    @Test func aListIsGoodForAsLongAsItSays() async throws {
        let fixture = try LicenseFixture()
        let token = try await fixture.signer.sign(revoking: [], at: now, lifetime: .seconds(3600))
        let end = now + .seconds(3600)
        let list = try await fixture.verifier.revocations(token, at: end + .milliseconds(59_999))
        #expect(
            try await refusal { _ = try await fixture.verifier.revocations(token, at: end + .seconds(60)) }
                == .staleRevocations(end))
        #expect(
            try await refusal { _ = try await fixture.verifier.revocations(token, at: now - .milliseconds(60_001)) }
                == .notYetValid(now))
        // A process that keeps a list notices that it has become too old.
        let licence = try await fixture.signer.sign(fixture.claims())
        #expect(
            try await refusal {
                _ = try await fixture.verifier.verify(licence, revocations: list, at: end + .seconds(60))
            } == .staleRevocations(end))
    }

    @Test func aForgedListIsRefused() async throws {
        let (fixture, stranger) = (try LicenseFixture(), try LicenseFixture())
        let foreign = try await stranger.signer.sign(revoking: [], at: now)
        let own = try await fixture.signer.sign(revoking: [UUID()], at: now)
        let mixed = [own.split(separator: ".")[0], foreign.split(separator: ".")[1], own.split(separator: ".")[2]]
        let elsewhere = try await LicenseSigner(fixture.key, issuer: "somebody").sign(revoking: [], at: now)
        let licence = try await fixture.signer.sign(fixture.claims())
        for (token, expected) in [
            (foreign, .unknownKey(stranger.kid)), (mixed.joined(separator: "."), .badSignature),
            (elsewhere, .wrongIssuer("somebody")), (licence, .malformed), ("", .malformed),
        ] as [(String, LicenseError)] {
            #expect(try await refusal { _ = try await fixture.verifier.revocations(token, at: now) } == expected)
        }
        #expect(await fixture.refusal(of: own) == .malformed)
    }
}
