import Crypto
import Foundation
import MiyabiHome
import MiyabiSystem
import MiyabiTestSupport
import SwiftASN1
import Synchronization
import Testing
import X509

@testable import MiyabiOperations

@Suite("Certificates for TLS")
struct CertificateTests {
    private typealias Store = MiyabiOperations.CertificateStore

    private static let day: TimeInterval = 86_400
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let names = CertificateNames(
        hosts: ["localhost", "box"], addresses: ["127.0.0.1", "::1", "10.0.0.5"])

    private func store(_ test: borrowing TestHome, given: TLSSettings.Files? = nil) -> Store {
        Store(
            directory: test.home.tlsDirectory, secrets: test.home.tlsSecretsDirectory, names: Self.names, given: given)
    }

    @Test func namesWhatItIsAskedForAndEndsInNinetyDays() throws {
        let test = TestHome()
        let store = store(test)
        let update = try store.update(now: Self.start)
        #expect(update == .init(hasNewCertificate: true, hasNewAuthority: true))
        let served = try #require(try store.served())
        #expect(served.names == ["localhost", "box", "127.0.0.1", "::1", "10.0.0.5"])
        #expect(served.ends == Self.start + 90 * Self.day && served.begins < Self.start)
        let authority = try #require(try CertificateDescription(ofFile: store.authorityPath))
        #expect(authority.ends == Self.start + 3650 * Self.day && authority.names.isEmpty)
        #expect(served.issuer == authority.subject && authority.issuer == authority.subject)
        // Nothing changes as long as nothing is due.
        #expect(try store.update(now: Self.start + 59 * Self.day) == .init())
        for path in [store.serverPath, test.home.tlsSecretsDirectory + "/authority.key"] {
            #expect(Files.status(path)?.mode == 0o600)
        }
    }

    /// What the authority's certificate allows its key to do, and what not.
    @Test func theAuthorityVouchesForServersOnly() throws {
        let test = TestHome()
        let store = store(test)
        try store.update(now: Self.start)
        let authority = try Certificate(pemEncoded: try #require(Files.read(store.authorityPath)))
        guard case .isCertificateAuthority(maxPathLength: 0) = try authority.extensions.basicConstraints else {
            Issue.record("not an authority without further ones: \(authority)")
            return
        }
        let text = try #require(Files.read(store.serverPath))
        let server = try #require(try ServerIdentity(certificates: text, key: text).certificate)
        guard case .notCertificateAuthority = try server.extensions.basicConstraints else {
            Issue.record("the server's certificate could issue others: \(server)")
            return
        }
        #expect(try server.extensions.extendedKeyUsage == ExtendedKeyUsage([.serverAuth]))
        #expect(authority.publicKey.isValidSignature(server.signature, for: server))
    }

    @Test func isRenewedWithAThirdOfItsLifeLeft() throws {
        let test = TestHome()
        let store = store(test)
        try store.update(now: Self.start)
        let first = try #require(try store.served())
        let update = try store.update(now: Self.start + 61 * Self.day)
        #expect(update == .init(hasNewCertificate: true, hasNewAuthority: false))
        let second = try #require(try store.served())
        #expect(second.serial != first.serial && second.ends == Self.start + 151 * Self.day)
        #expect(second.issuer == first.issuer)
    }

    @Test func isRenewedForOtherNamesAndForAClockThatWentBack() throws {
        let test = TestHome()
        try store(test).update(now: Self.start)
        let other = Store(
            directory: test.home.tlsDirectory, secrets: test.home.tlsSecretsDirectory,
            names: CertificateNames(hosts: ["localhost"], addresses: ["127.0.0.1"]))
        #expect(try other.update(now: Self.start) == .init(hasNewCertificate: true, hasNewAuthority: false))
        #expect(try other.served()?.names == ["localhost", "127.0.0.1"])
        // Nobody could use an authority that begins tomorrow.
        #expect(try other.update(now: Self.start - Self.day) == .init(hasNewCertificate: true, hasNewAuthority: true))
    }

    @Test func anAuthorityThatEndsSoonOrIsDamagedIsReplaced() throws {
        let test = TestHome()
        let store = store(test)
        try store.update(now: Self.start)
        let late = Self.start + 3570 * Self.day
        #expect(try store.update(now: late).hasNewAuthority)
        #expect(try store.served()?.ends == late + 90 * Self.day)
        try Files.write("no key\n", to: test.home.tlsSecretsDirectory + "/authority.key")
        #expect(try store.update(now: late).hasNewAuthority)
        // A key that others may read is no secret any more: that is for a person to decide.
        try Files.changeMode(test.home.tlsSecretsDirectory + "/authority.key", 0o644)
        #expect(throws: OperationsError.self) { try store.update(now: late) }
    }

    @Test func aGivenCertificateIsCheckedAndServed() throws {
        let test = TestHome()
        let maker = Store(
            directory: test.parent + "/maker", secrets: test.parent + "/maker",
            names: CertificateNames(hosts: ["db.example"], addresses: []))
        try Files.makeDirectory(test.parent)
        try maker.update(now: Self.start)
        let given = TLSSettings.Files(
            certificate: maker.serverPath, key: maker.serverPath, authority: maker.authorityPath)
        let store = store(test, given: given)
        #expect(try store.update(now: Self.start) == .init(hasNewCertificate: true, hasNewAuthority: false))
        #expect(try store.update(now: Self.start) == .init())
        #expect(try store.served()?.names == ["db.example"] && store.usualHost() == "db.example")
        // It was replaced where it came from.
        try maker.dropServed()
        try maker.update(now: Self.start)
        #expect(try store.update(now: Self.start).hasNewCertificate)
        // Back to the home's own.
        #expect(try self.store(test).update(now: Self.start).hasNewCertificate)

        let ended = #expect(throws: OperationsError.self) { try store.update(now: Self.start + 91 * Self.day) }
        #expect(ended?.code == .certificate && ended?.message.contains("has ended") == true)
        let stranger = P256.Signing.PrivateKey()
        let key = test.parent + "/stranger.key"
        try Files.write(stranger.pemRepresentation, to: key)
        let other = self.store(
            test, given: .init(certificate: maker.serverPath, key: key, authority: maker.authorityPath))
        let mismatch = #expect(throws: OperationsError.self) { try other.update(now: Self.start) }
        #expect(mismatch?.message.contains("does not belong") == true)
    }

    /// The loop of a running supervisor, with a clock that the test moves.
    @Test func serversReadARenewedCertificateWithoutARestart() async throws {
        final class World: Sendable {
            let now = Mutex(CertificateTests.start)
            let reloads = Mutex(0)
            let isOver = Mutex(false)
        }
        let test = TestHome()
        let store = store(test)
        try store.update(now: Self.start)
        let first = try #require(try store.served())
        let world = World()
        let renewal = CertificateRenewal(store, logger: TestHome.logger, now: { world.now.withLock { $0 } })
        let run = Task {
            await renewal.run(while: { !world.isOver.withLock { $0 } }, reload: { world.reloads.withLock { $0 += 1 } })
        }
        func reloaded(_ count: Int) async -> Bool {
            await Polling.until(within: .seconds(20)) { world.reloads.withLock { $0 } == count }
        }
        // It has looked before the clock moves.
        try await Task.sleep(for: .milliseconds(100))
        world.now.withLock { $0 += 61 * Self.day }
        #expect(await reloaded(1))
        let second = try #require(try store.served())
        #expect(second.serial != first.serial)
        try store.dropServed()
        #expect(await reloaded(2))
        #expect(try store.served().map { $0.serial != second.serial } == true)
        world.isOver.withLock { $0 = true }
        await run.value
    }

    @Test func listeningBeyondThisMachineNeedsTLS() throws {
        func check(_ variables: [String: String]) throws {
            try Settings.load(environment: variables, directory: "/").tls.check()
        }
        try check([:])
        try check(["MIYABI_LISTEN": "127.0.0.1"])
        try check(["MIYABI_LISTEN": "0.0.0.0", "MIYABI_TLS": "1"])
        for address in ["0.0.0.0", "::", "10.0.0.5", "fd00::2"] {
            let error = #expect(throws: OperationsError.self) { try check(["MIYABI_LISTEN": address]) }
            #expect(error?.code == .plaintext)
        }
        #expect(throws: OperationsError.self) { try check(["MIYABI_LISTEN": "box"]) }
        #expect(throws: OperationsError.self) { try check(["MIYABI_TLS_CERTIFICATE": "/a"]) }
    }
}
