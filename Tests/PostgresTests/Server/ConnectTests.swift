import Glibc
import Postgres
import TestSupport
import Testing

@Suite struct ConnectTests {
    @Test func overTCPAndTheUnixSocket() async throws {
        let cluster = try await TestCluster.shared
        for configuration in [try cluster.configuration(), try cluster.socketConfiguration()] {
            let connection = try await PostgresConnection.connect(configuration)
            #expect(connection.serverVersion >= 150_000)
            let processID = try await connection.query("SELECT pg_backend_pid()").decode(Int32.self)
            #expect(processID == [connection.backendProcessID])
            await connection.close()
            #expect(connection.isClosed)
        }
    }

    @Test func refusedOnesSayWhyAndHideThePassword() async throws {
        let cluster = try await TestCluster.shared
        let wrong = try cluster.configuration().with("password", "hidden")
        let error = try await #require(throws: PostgresError.self) { try await PostgresConnection.connect(wrong) }
        #expect(error.code == .connectFailed)
        #expect(error.sqlState == PostgresSQLState.invalidPassword)
        #expect(error.description.contains("password authentication failed"))
        #expect(!error.detailedDescription.contains("hidden"))

        let missing = try cluster.configuration(database: "no_such_database")
        let other = try await #require(throws: PostgresError.self) { try await PostgresConnection.connect(missing) }
        #expect(other.sqlState == PostgresSQLState.invalidCatalogName)
        #expect(other.description.contains("no_such_database"))
    }

    @Test func theSecondHostIsTriedWhenTheFirstRefuses() async throws {
        let cluster = try await TestCluster.shared
        let configuration = try PostgresConfiguration(
            "postgresql://postgres:\(cluster.password)@127.0.0.1:1,127.0.0.1:\(cluster.port)/postgres?target_session_attrs=read-write"
        )
        let connection = try await PostgresConnection.connect(configuration)
        #expect(try await connection.query("SELECT 1").decode(Int.self) == [1])
        await connection.close()
    }

    @Test func theSecondHostIsTriedWhenTheFirstNeverAnswers() async throws {
        let cluster = try await TestCluster.shared
        let silent = try SilentServer()
        var configuration = try PostgresConfiguration(
            "host=127.0.0.1,127.0.0.1 port=\(silent.port),\(cluster.port) user=postgres dbname=postgres"
        ).with("password", cluster.password)
        configuration.connectTimeout = .seconds(24)
        let connection = try await PostgresConnection.connect(configuration)
        #expect(try await connection.query("SELECT inet_server_port()").decode(Int.self) == [cluster.port])
        await connection.close()
    }

    @Test func aServerThatNeverAnswersMeetsTheTimeLimit() async throws {
        let silent = try SilentServer()
        var configuration = try PostgresConfiguration("host=127.0.0.1 port=\(silent.port) dbname=x user=x")
        configuration.connectTimeout = .milliseconds(300)
        let error = try await #require(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration)
        }
        #expect(error.code == .connectTimeout)
    }

    @Test func connectingCanBeCancelled() async throws {
        let silent = try SilentServer()
        let configuration = try PostgresConfiguration("host=127.0.0.1 port=\(silent.port) dbname=x user=x")
        let task = Task { try await PostgresConnection.connect(configuration) }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aKilledBackendIsNoticedWhileIdle() async throws {
        try await withDatabase { configuration in
            let victim = try await PostgresConnection.connect(configuration)
            let killer = try await PostgresConnection.connect(configuration)
            try await killer.execute("SELECT pg_terminate_backend(\(victim.backendProcessID))")
            for _ in 0..<100 where !victim.isClosed { try await Task.sleep(for: .milliseconds(20)) }
            #expect(victim.isClosed)
            let error = try await #require(throws: PostgresError.self) { try await victim.execute("SELECT 1") }
            #expect(error.code == .connectionClosed)
            #expect(error.sqlState == PostgresSQLState.adminShutdown)
            await killer.close()
        }
    }

    @Test func aBackendKilledDuringAStatementIsALostConnection() async throws {
        try await withDatabase { configuration in
            let victim = try await PostgresConnection.connect(configuration)
            let error = try await #require(throws: PostgresError.self) {
                try await victim.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")
            }
            #expect(error.code == .connectionLost)
            #expect(error.sqlState == PostgresSQLState.adminShutdown)
            #expect(victim.isClosed)
        }
    }

    /// Whatever goes on on the connection, the reason for its end is told.
    @Test(arguments: ["transaction", "COPY in", "rows", "COPY out"])
    func aKilledBackendSaysWhy(_ activity: String) async throws {
        try await withDatabase(named: "killed") { configuration in
            let victim = try await PostgresConnection.connect(configuration)
            let killer = try await PostgresConnection.connect(configuration)
            try await killer.execute("CREATE TABLE t (a text)")
            func end() async throws {
                try await killer.execute("SELECT pg_terminate_backend(\(victim.backendProcessID), 5000)")
            }
            let error = await #expect(throws: PostgresError.self) {
                switch activity {
                case "transaction":
                    try await victim.withTransaction { db in
                        try await end()
                        try await db.execute("SELECT 1")
                    }
                case "COPY in":
                    try await victim.copyIn("COPY t FROM STDIN") { writer in
                        try await writer.writeRow(["x"])
                        try await end()
                    }
                case "rows":
                    try await victim.withRows(of: "SELECT pg_sleep(0.1) FROM generate_series(1, 100)") { rows in
                        for try await _ in rows where !victim.isClosed { try await end() }
                    }
                default:
                    try await victim.copyOut("COPY (SELECT pg_sleep(0.1) FROM generate_series(1, 100)) TO STDOUT") {
                        for try await _ in $0 { try await end() }
                    }
                }
            }
            #expect(error?.sqlState == PostgresSQLState.adminShutdown, "\(activity): \(String(describing: error))")
            #expect(victim.isClosed)
            await killer.close()
        }
    }

    @Test func aForgottenConnectionClosesItself() async throws {
        try await withDatabase { configuration in
            let watcher = try await PostgresConnection.connect(configuration)
            var forgotten: PostgresConnection? = try await PostgresConnection.connect(configuration)
            let processID = try #require(forgotten?.backendProcessID)
            forgotten = nil
            var count = 1
            for _ in 0..<100 where count > 0 {
                try await Task.sleep(for: .milliseconds(20))
                count = try await watcher.query("SELECT count(*) FROM pg_stat_activity WHERE pid = \(processID)")
                    .decode(Int.self)[0]
            }
            #expect(count == 0)
            await watcher.close()
        }
    }
}

/// Accepts connections, by the kernel's queue, and never says a word.
final class SilentServer {
    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socketDescriptor = descriptor
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socketDescriptor, generic, length) == 0 && listen(socketDescriptor, 8) == 0
                    ? getsockname(socketDescriptor, generic, &length) : -1
            }
        }
        try #require(code == 0)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { Glibc.close(descriptor) }
}
