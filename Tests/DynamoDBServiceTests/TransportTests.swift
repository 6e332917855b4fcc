import Foundation
import NIOCore
import Testing

@testable import DynamoDBService

/// TLS in front of a connection: what is not TLS, what stops in the middle of it, and where plain HTTP may be served.
@Suite struct TransportTests {
    /// A self-signed certificate of its own for `body`.
    private func withCertificate(_ body: (ServerCertificate, _ path: String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString).pem").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try makeCertificate(path)
        try await body(try ServerCertificate(certificatePath: path, keyPath: path), path)
    }

    private func makeCertificate(_ path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2", "-nodes",
            "-subj", "/CN=localhost", "-out", path, "-keyout", path + ".key",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let key = try String(contentsOfFile: path + ".key", encoding: .utf8)
        try (try String(contentsOfFile: path, encoding: .utf8) + key).write(
            toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: path + ".key")
    }

    private static let request = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"

    @Test func aPlainRequestIsToldWhatThePortSpeaks() async throws {
        try await withCertificate { certificate, _ in
            try await TestServer.run(security: .tls(certificate)) { test in
                for request in [Self.request, "\r\n\r\n", "nonsense", "\0"] {
                    let connection = try RawConnection(port: test.port)
                    connection.send(request)
                    let answer = String(decoding: try connection.receiveAll(), as: UTF8.self)
                    #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("https://"), "\(request)")
                }
                #expect(await isEmpty(test))
            }
        }
    }

    @Test func aHandshakeOnAPlainPortIsAnswered() async throws {
        try await TestServer.run { test in
            let connection = try RawConnection(port: test.port)
            connection.send(Self.clientHello)
            let answer = String(decoding: try connection.receiveAll(), as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("plain HTTP"))
        }
    }

    /// A connection that says nothing, or never ends its handshake, has as long as one for its request.
    @Test func aHandshakeHasItsTimeAndItsPlace() async throws {
        let limits = ServerLimits.test {
            $0.transfer = .milliseconds(300)
            $0.connections = 2
        }
        try await withCertificate { certificate, _ in
            try await TestServer.run(security: .tls(certificate), limits: limits) { test in
                for start in [
                    [], Array(Self.clientHello.prefix(1)), Array(Self.clientHello.prefix(20)), Self.clientHello,
                ] {
                    let connection = try RawConnection(port: test.port)
                    connection.send(start)
                    let began = ContinuousClock.now
                    _ = try connection.receiveAll()
                    #expect(ContinuousClock.now - began > .milliseconds(200), "\(start.count)")
                }
                // More than there are places: they come in turn, and never more at once.
                let many = try (0..<6).map { _ in try RawConnection(port: test.port) }
                for connection in many { connection.send(Self.clientHello.prefix(20)) }
                for connection in many { _ = try connection.receiveAll() }
                #expect(test.server.connections?.mostOpen ?? 9 <= 2)
                #expect(await isEmpty(test))
            }
        }
    }

    @Test func nonsenseInAHandshakeEndsIt() async throws {
        try await withCertificate { certificate, _ in
            try await TestServer.run(security: .tls(certificate)) { test in
                var random = SystemRandomNumberGenerator()
                for _ in 0..<50 {
                    let connection = try RawConnection(port: test.port)
                    let length = Int.random(in: 1...300, using: &random)
                    let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                    connection.send([22, 3, 1, UInt8(length >> 8), UInt8(length & 255)] + bytes)
                    connection.endSending()
                    _ = try connection.receiveAll()
                }
                #expect(await isEmpty(test))
            }
        }
    }

    @Test func aCertificateIsReadAgain() async throws {
        try await withCertificate { certificate, path in
            let before = certificate.context
            #expect(certificate.context === before)
            try makeCertificate(path)
            try certificate.reload()
            let after = certificate.context
            #expect(after !== before)
            // What cannot be used changes nothing.
            try "nothing".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: ServerCertificateError.self) { try certificate.reload() }
            #expect(certificate.context === after)
        }
    }

    @Test func aKeyOfAnotherCertificateIsRefused() async throws {
        try await withCertificate { _, path in
            try await withCertificate { _, other in
                let error = #expect(throws: ServerCertificateError.self) {
                    try ServerCertificate(certificatePath: path, keyPath: other)
                }
                #expect(error?.description.contains(path) == true)
            }
        }
    }

    @Test func beyondThisMachineOnlyByTLSOrAProxy() throws {
        let others = try ["0.0.0.0", "192.0.2.1", "::"].map { try SocketAddress(ipAddress: $0, port: 1) }
        for address in others {
            #expect(throws: PlaintextAddress.self) { try TransportSecurity.onThisMachine.check(address) }
            #expect(throws: Never.self) { try TransportSecurity.byProxy.check(address) }
        }
        for address in try ["127.0.0.1", "127.3.2.1", "::1"].map({ try SocketAddress(ipAddress: $0, port: 1) }) {
            #expect(throws: Never.self) { try TransportSecurity.onThisMachine.check(address) }
        }
    }

    private func isEmpty(_ test: TestServer) async -> Bool {
        for _ in 0..<500 where test.server.connections?.count != 0 { try? await Task.sleep(for: .milliseconds(20)) }
        return test.server.connections?.count == 0
    }

    /// A TLS record with a ClientHello of TLS 1.2 and one cipher, after which the server waits for the client.
    private static let clientHello: [UInt8] = {
        let extensions: [UInt8] = [
            0, 10, 0, 4, 0, 2, 0, 23,  // supported groups: secp256r1
            0, 11, 0, 2, 1, 0,  // point formats: uncompressed
            0, 13, 0, 4, 0, 2, 4, 3,  // signatures: ecdsa_secp256r1_sha256
        ]
        let body: [UInt8] =
            [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0xC0, 0x2B, 1, 0, 0, UInt8(extensions.count)]
            + extensions
        let message: [UInt8] = [1, 0, 0, UInt8(body.count)] + body
        return [22, 3, 1, 0, UInt8(message.count)] + message
    }()
}
