import Foundation
public import Postgres

/// A PgBouncer in transaction mode before the shared cluster: each transaction may run on another of its few servers.
public final class TestPooler: @unchecked Sendable {
    /// Whether the machine has one: `scripts/setup --tests` installs it.
    public static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    private static let program = "/usr/sbin/pgbouncer"

    private let directory: String
    private let port: Int
    private let process: Process

    /// Gives `body` a pooler with this many servers for each database.
    public nonisolated(nonsending) static func with<R>(
        servers: Int, _ body: nonisolated(nonsending) (TestPooler) async throws -> R
    ) async throws -> R {
        let pooler = try await TestPooler(await TestCluster.shared, servers: servers)
        defer { pooler.process.terminate() }
        return try await body(pooler)
    }

    private init(_ cluster: TestCluster, servers: Int) async throws {
        directory = "/tmp/miyabi-test-pooler-\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        port = try TestCluster.freePort()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        let settings = """
            [databases]
            * = host=127.0.0.1 port=\(cluster.port) user=postgres password=\(cluster.password)
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            server_round_robin = 1
            default_pool_size = \(servers)
            max_client_conn = 500
            """
        try settings.write(toFile: directory + "/settings", atomically: true, encoding: .utf8)
        process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script, "sh", directory, Self.program, String(getpid())]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()

        var failure: (any Error)?
        for _ in 0..<600 where process.isRunning {
            do {
                let connection = try await PostgresConnection.connect(try configuration(database: "postgres"))
                await connection.close()
                return
            } catch {
                failure = error
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        throw TestClusterError("PgBouncer does not start: \(failure.map { "\($0)" } ?? "")")
    }

    /// Runs beside the pooler, which it stops as soon as the test process is gone or ends it.
    private static let script = """
        directory=$1 program=$2 parent=$3
        as=
        if [ "$(id -u)" = 0 ]; then
            as='setpriv --reuid=postgres --regid=postgres --init-groups'
            chown -R postgres "$directory"
        fi
        trap 'kill "$pooler"; rm -rf "$directory"; exit' TERM EXIT
        $as "$program" -q "$directory/settings" &
        pooler=$!
        while kill -0 "$parent" 2>/dev/null && kill -0 "$pooler" 2>/dev/null; do sleep 0.3; done
        """

    /// A superuser's configuration through the pooler.
    public func configuration(database: String) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(
            "postgresql://postgres@127.0.0.1:\(port)/\(database)?sslmode=disable&connect_timeout=60")
        configuration.limits.cancellation = .seconds(120)
        return configuration
    }
}
