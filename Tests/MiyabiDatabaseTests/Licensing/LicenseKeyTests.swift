import Foundation
import MiyabiDatabase
import MiyabiOperations
import MiyabiSystem
import Testing

@Suite struct LicenseKeyTests {
    /// The key of RFC 8037, appendix A.2, and its thumbprint, appendix A.3.
    @Test func aKeyIsCalledByItsThumbprint() throws {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(seed.dropFirst($0).prefix(2), radix: 16) }
        // PKCS #8 (RFC 8410, section 7): a prefix that names Ed25519, then the seed.
        let der: [UInt8] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20] + bytes
        let pem = "-----BEGIN PRIVATE KEY-----\n\(Data(der).base64EncodedString())\n-----END PRIVATE KEY-----"
        let key = try #require(LicenseSigningKey(pem: pem))
        #expect(key.publicKey.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        #expect(try LicenseKeySet([key.publicKey]).jwks.contains("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
    }

    @Test(arguments: LicenseAlgorithm.allCases) func aKeyIsReadAsItWasWritten(_ algorithm: LicenseAlgorithm)
        async throws
    {
        let key = try LicenseSigningKey(generating: algorithm)
        let read = try #require(LicenseSigningKey(pem: key.pem))
        #expect(read.publicKey == key.publicKey)
        let keys = try LicenseKeySet(jwks: try LicenseKeySet([key.publicKey]).jwks)
        #expect(keys.keys == [key.publicKey])
        let fixture = try LicenseFixture()
        let token = try await LicenseSigner(read).sign(fixture.claims())
        _ = try await LicenseVerifier(keys: keys).verify(token, at: LicenseFixture.now)
    }

    @Test(arguments: LicenseAlgorithm.allCases) func aPrivateKeyNeverShowsItself(_ algorithm: LicenseAlgorithm) throws {
        let key = try LicenseSigningKey(generating: algorithm)
        let secret = try #require(key.pem.split(separator: "\n").dropFirst().first).prefix(40)
        var dumped = ""
        dump(LicenseSigner(key), to: &dumped)
        for text in [dumped, "\(key)", String(reflecting: key), try LicenseKeySet([key.publicKey]).jwks] {
            #expect(!text.contains(secret) && !text.contains("rivateKey("), "\(text)")
        }
    }

    @Test(
        arguments: [
            ("", .notASet), ("[]", .notASet), (#"{"keys":[{"kty":"oct","k":"AA","kid":"a"}]}"#, .notASet),
            (#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#, .nameless),
            (#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AA"}]}"#, .unsupported("a")),
            (#"{"keys":[{"kty":"RSA","kid":"a","n":"AA","e":"AQAB"}]}"#, .unsupported("a")),
            (#"{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"AA","y":"AA"}]}"#, .unsupported("a")),
            (
                #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","alg":"ES256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#,
                .unsupported("a")
            ),
            (
                #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"AA"}]}"#,
                .notPublic("a")
            ),
        ] as [(String, LicenseKeyError)]) func otherSetsAreRefused(_ text: String, _ expected: LicenseKeyError)
    {
        #expect(throws: expected) { try LicenseKeySet(jwks: text) }
    }

    @Test func aNameStandsForOneKey() throws {
        let set = try LicenseKeySet([try LicenseSigningKey().publicKey]).jwks
        let entry = set[set.firstIndex(of: "[")!...].dropFirst().prefix { $0 != "]" }
        #expect(throws: LicenseKeyError.nameTwice) {
            try LicenseKeySet(jwks: "{\"keys\":[\(entry),\(entry)]}")
        }
    }

    @Test func rotationKeepsWhatWasIssued() async throws {
        try await withDirectory { directory in
            #expect(throws: OperationsError.self) { try directory.signingKey() }
            #expect(throws: OperationsError.self) { try directory.publicKeys() }
            let first = try directory.rotate()
            let old = try await LicenseSigner(try directory.signingKey()).sign(try LicenseFixture().claims())
            let before = try directory.publicKeys()
            let second = try directory.rotate(.es256)
            #expect(try directory.publicKeys().keys == [second, first])
            #expect(try directory.signingKey().publicKey == second)
            let new = try await LicenseSigner(try directory.signingKey()).sign(try LicenseFixture().claims())

            for token in [old, new] {
                _ = try await LicenseVerifier(keys: try directory.publicKeys()).verify(token, at: LicenseFixture.now)
            }
            await #expect(throws: LicenseError.unknownKey(second.kid)) {
                try await LicenseVerifier(keys: before).verify(new, at: LicenseFixture.now)
            }
            #expect(throws: OperationsError.self) { try directory.forget(second.kid) }
            try directory.forget(first.kid)
            #expect(throws: OperationsError.self) { try directory.forget(first.kid) }
            await #expect(throws: LicenseError.unknownKey(first.kid)) {
                try await LicenseVerifier(keys: try directory.publicKeys()).verify(old, at: LicenseFixture.now)
            }
        }
    }

    /// A rotation stores the public key first: one that was cut off there leaves a key too many and nothing broken.
    @Test func aRotationThatWasCutOffBreaksNothing() async throws {
        try await withDirectory { directory in
            let first = try directory.rotate()
            let lost = try LicenseSigningKey().publicKey
            try LicenseKeySet([lost, first]).jwks.write(
                toFile: directory.publicFile, atomically: false, encoding: .utf8)
            #expect(try directory.signingKey().publicKey == first)
            let next = try directory.rotate()
            #expect(try directory.publicKeys().keys == [next, lost, first])
        }
    }

    @Test func thePrivateKeyIsItsOwnersAlone() async throws {
        try await withDirectory { directory in
            try directory.rotate()
            let file = directory.path + "/signing-key.pem"
            func mode(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try mode(file) == 0o600)
            #expect(try mode(directory.path) == 0o700)
            for open in [0o640, 0o604, 0o620, 0o610] {
                try FileManager.default.setAttributes([.posixPermissions: open], ofItemAtPath: file)
                #expect(throws: OperationsError.self, "\(String(open, radix: 8))") { try directory.signingKey() }
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: file)
            _ = try directory.signingKey()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 3)
        }
    }

    @Test func damagedFilesAreToldWithoutTheirContents() async throws {
        try await withDirectory { directory in
            try directory.rotate()
            let good = try String(contentsOfFile: directory.publicFile, encoding: .utf8)
            try LicenseKeySet([try LicenseSigningKey().publicKey]).jwks
                .write(toFile: directory.publicFile, atomically: false, encoding: .utf8)
            #expect(throws: OperationsError.self) { try directory.signingKey() }
            try good.write(toFile: directory.publicFile, atomically: false, encoding: .utf8)
            let file = directory.path + "/signing-key.pem"
            try "hunter2".write(toFile: file, atomically: false, encoding: .utf8)
            let error = #expect(throws: OperationsError.self) { try directory.signingKey() }
            #expect(error?.code == .licenseKeys)
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    private func withDirectory(_ body: (LicenseKeyDirectory) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "miyabi-test-\(UUID().uuidString)/keys").path
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        try await body(LicenseKeyDirectory(path: path))
    }
}
