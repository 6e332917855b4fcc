import Glibc
import Logging
import TestSupport
import Testing

@testable import Postgres

@Suite struct TLSTests {
    /// The process ends while threads are in TLS, or are just ending: OpenSSL must not have taken itself apart.
    @Test func aProcessMayEndAtAnyMoment() async throws {
        let cluster = try await TestCluster.shared
        try #require(cluster.doesTLS, "the machine has no openssl to make a certificate with")
        let address = "postgresql://postgres:\(cluster.password)@127.0.0.1:\(cluster.port)/postgres?sslmode=require"
        for _ in 0..<20 {
            await #expect(processExitsWith: .exitCode(0)) { [address = address as String] in
                let configuration = try PostgresConfiguration(address)
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 { group.addTask { _ = try? await PostgresConnection.connect(configuration) } }
                    await group.next()
                    exit(0)
                }
            }
        }
    }

    /// What keeps it from doing so; the crash itself comes once in some ten times only.
    @Test func openSSLStaysUsableToTheEnd() { #expect(TLSLibrary.isPrepared) }

    @Test func verifiesTheServerAndReadsEveryRecord() async throws {
        let cluster = try await TestCluster.shared
        try #require(cluster.doesTLS, "the machine has no openssl to make a certificate with")
        let configuration = try cluster.configuration().with("host", "localhost").with("hostaddr", "127.0.0.1")
            .with("sslmode", "verify-full").with("sslrootcert", cluster.certificate)
        let db = try await PostgresConnection.connect(configuration)
        #expect(db.usesTLS)
        // Sizes around those of TLS records and libpq's buffer.
        for size in [1, 8_000, 8_192, 16_000, 16_383, 16_384, 16_385, 24_576, 32_768, 40_000, 100_000, 3_000_000] {
            let length = try await db.query("SELECT repeat('x', \(Int32(size)))").decode(String.self)[0].utf8.count
            #expect(length == size)
        }
        await db.close()

        let other = try configuration.with("host", "db.example")
        let error = try await #require(throws: PostgresError.self) { try await PostgresConnection.connect(other) }
        #expect(error.code == .connectFailed)
        #expect(error.message.contains("certificate"))
    }

    /// What takes the place of libpq's cancel request on the way to another host.
    @Test func aStatementIsCancelledByASecondConnection() async throws {
        let cluster = try await TestCluster.shared
        try #require(cluster.doesTLS, "the machine has no openssl to make a certificate with")
        let configuration = try cluster.configuration().with("host", "localhost").with("hostaddr", "127.0.0.1")
            .with("sslmode", "verify-full").with("sslrootcert", cluster.certificate)
        let handle = try await Connector.open(configuration, logger: Logger(label: "test"))
        defer { handle.finish() }
        let cancel = try #require(CancelHandle(handle.connection, way: .statement, patience: .seconds(60)))
        #expect(handle.send(script: "SELECT pg_sleep(600)"))
        #expect(handle.flush() == true)
        // A request that comes before its statement is lost.
        let watcher = try await PostgresConnection.connect(configuration)
        while try await watcher.query(
            "SELECT 1 FROM pg_stat_activity WHERE pid = \(handle.backendProcessID) AND state = 'active'"
        ).isEmpty {}
        await watcher.close()
        #expect(cancel.send() == nil)
        while handle.isBusy { #expect(handle.consumeInput()) }
        #expect(handle.nextResult()?.failureFields.sqlState == "57014")
    }
}
