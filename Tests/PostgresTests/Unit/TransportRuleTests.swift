import Foundation
import Testing

@testable import Postgres

/// Which connections are refused because somebody on the way could read them.
@Suite struct TransportRuleTests {
    private func objection(_ conninfo: String, addresses: [String] = ["10.0.0.7"]) throws -> Bool {
        let options = try PostgresConfiguration(conninfo).connectOptions([("sslmode", "prefer")])
        // An address is its own.
        let plan = try ConnectPlan(options) { $0.contains(":") || $0.hasPrefix("127.") ? [$0] : addresses }
        return plan.attempts.contains { TransportRule.objection(to: $0) != nil }
    }

    @Test(arguments: [
        "host=db.example", "host=db.example sslmode=disable", "host=db.example sslmode=require",
        "host=db.example sslmode=verify-ca", "postgresql://u:p@db.example/x", "host=10.0.0.7", "hostaddr=10.0.0.7",
        "host=localhost hostaddr=10.0.0.7", "host=/run/postgresql,db.example port=1,2", "host=localhost.example",
        "host=0.0.0.0", "host=::ffff:10.0.0.7",
    ])
    func otherHostsBelowVerifyFullAreRefused(_ conninfo: String) throws {
        #expect(try objection(conninfo))
    }

    @Test(arguments: [
        "host=db.example sslmode=verify-full", "host=10.0.0.7 sslmode=verify-full", "dbname=x", "host=/run/postgresql",
        "host=@abstract", "host=db.example hostaddr=127.0.0.1", "host=127.0.0.1", "host=::1", "host=127.1.2.3",
        "host=::ffff:127.0.0.1",
    ])
    func whatIsSafeIsNot(_ conninfo: String) throws {
        #expect(try !objection(conninfo))
    }

    @Test func aNameThatLeadsToThisMachineIsThisMachine() throws {
        #expect(try !objection("host=box", addresses: ["127.0.1.1"]))
        #expect(try objection("host=box", addresses: ["127.0.1.1", "10.0.0.7"]))
    }

    @Test func theRefusalIsTypedAndComesBeforeAnythingIsSent() async throws {
        var configuration = try PostgresConfiguration("postgresql://u:hunter2@192.0.2.77:9/x?sslmode=require")
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(configuration) }
        #expect(error?.code == .plaintextRefused)
        #expect(error?.message.contains("sslmode=require") == true && error?.message.contains("hunter2") == false)
        #expect(throws: PostgresError.self) { try configuration.forProgram() }
        // Nobody is there: it is tried all the same.
        configuration.allowsPlaintext = true
        configuration.connectTimeout = .milliseconds(50)
        let allowed = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(configuration) }
        #expect(allowed?.code != .plaintextRefused)
        #expect(try configuration.with("dbname", "y").allowsPlaintext)
        #expect(try configuration.forProgram().arguments.contains("ssl_min_protocol_version='TLSv1.2'"))
    }

    @Test func olderVersionsOfTLSAreNotOffered() throws {
        func version(_ conninfo: String) throws -> [String] {
            try PostgresConfiguration(conninfo).connectOptions([]).filter { $0.keyword == "ssl_min_protocol_version" }
                .map(\.value)
        }
        #expect(try version("host=h") == ["TLSv1.2"])
        #expect(try version("host=h ssl_min_protocol_version=TLSv1") == ["TLSv1.2"])
        #expect(try version("host=h ssl_min_protocol_version=TLSv1.3") == ["TLSv1.3"])
    }

    @Test func theAuthoritiesOfRDSAreFoundByName() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "rds-\(UUID().uuidString).pem").path
        #expect(FileManager.default.createFile(atPath: file, contents: Data()))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let conninfo = "host=h sslmode=verify-full sslrootcert=rds"
        #expect(try PostgresConfiguration(conninfo, rdsAuthorities: ["/nowhere", file])["sslrootcert"] == file)
        let error = #expect(throws: PostgresError.self) {
            try PostgresConfiguration(conninfo, rdsAuthorities: ["/nowhere"])
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("https://truststore.pki.rds.amazonaws.com") == true)
        #expect(try PostgresConfiguration("host=h sslrootcert=/rds")["sslrootcert"] == "/rds")
    }

    /// libpq's cancel request goes in clear. That is left to connections that have nothing to hide from the way.
    @Test func otherHostsAreAskedToCancelByTLS() {
        func isStatement(_ usesTLS: Bool, _ address: String) -> Bool {
            if case .statement = CancelHandle.Way(usesTLS: usesTLS, address: address) { true } else { false }
        }
        #expect(isStatement(true, "10.0.0.7") && isStatement(true, "fd00::2"))
        #expect(!isStatement(true, "127.0.0.1") && !isStatement(true, "::1") && !isStatement(true, ""))
        #expect(!isStatement(false, "10.0.0.7"))
    }
}
