import Foundation
public import Postgres
import Synchronization

/// A throw-away PostgreSQL cluster: in a folder under /tmp, reachable on 127.0.0.1 and by a Unix socket, gone when the
/// process ends, however it ends. One is shared by the whole test process.
public final class TestCluster: Sendable {
    /// The cluster, started on first use.
    public static var shared: TestCluster {
        get async throws { try await starting.value }
    }

    private static let starting = Task { try await TestCluster(standbyOf: nil) }

    /// Gives `body` a cluster of its own, which it may stop and start.
    public nonisolated(nonsending) static func with<R>(
        _ body: nonisolated(nonsending) (TestCluster) async throws -> R
    ) async throws -> R {
        let cluster = try await TestCluster(standbyOf: nil)
        defer { cluster.mark("stop") }
        return try await body(cluster)
    }

    /// Gives `body` a hot standby that follows this cluster.
    public nonisolated(nonsending) func withStandby<R>(
        _ body: nonisolated(nonsending) (TestCluster) async throws -> R
    ) async throws -> R {
        let standby = try await TestCluster(standbyOf: self)
        defer { standby.mark("stop") }
        return try await body(standby)
    }

    /// The folder that holds the data, the log and the Unix socket.
    public let directory: String
    /// The port on 127.0.0.1 and in the socket's name.
    public let port: Int
    /// The password of the superuser `postgres`.
    public let password: String

    private init(standbyOf primary: TestCluster?) async throws {
        Self.removeStale()
        password = primary?.password ?? (0..<12).map { _ in String(format: "%02x", UInt8.random(in: 0...255)) }.joined()
        directory = "\(Self.prefix)\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        port = try Self.freePort()

        let script = directory + "/run.sh"
        try Self.script.write(toFile: script, atomically: true, encoding: .utf8)
        try password.write(toFile: directory + "/password", atomically: true, encoding: .utf8)
        try await start(script, primaryPort: primary?.port)
    }

    /// The server's self-signed certificate, for `localhost`; the server does TLS if the machine has `openssl`.
    public var certificate: String { directory + "/server.crt" }

    /// Whether the server does TLS.
    public var doesTLS: Bool { FileManager.default.fileExists(atPath: certificate) }

    /// A superuser's configuration over TCP, without TLS, patient with a busy machine.
    public func configuration(database: String = "postgres") throws -> PostgresConfiguration {
        let address = "postgresql://postgres:\(password)@127.0.0.1:\(port)/\(database)"
        var configuration = try PostgresConfiguration(address + "?sslmode=disable&connect_timeout=60")
        configuration.limits.cancellation = .seconds(120)
        return configuration
    }

    /// A superuser's configuration over the Unix socket.
    public func socketConfiguration(database: String = "postgres") throws -> PostgresConfiguration {
        try PostgresConfiguration(
            "host=\(directory) port=\(port) user=postgres password=\(password) dbname=\(database)")
    }

    // MARK: Stopping and starting

    /// Shuts the server down, as an administrator does who does not wait for sessions to end. It comes back with `start`.
    public func stop() throws {
        mark("restarts")
        mark("down")
        let pidFile = try String(contentsOfFile: directory + "/data/postmaster.pid", encoding: .utf8)
        guard let server = pidFile.split(separator: "\n").first.flatMap({ pid_t($0) }), kill(server, SIGINT) == 0 else {
            throw TestClusterError("the server cannot be stopped: errno \(errno)")
        }
    }

    /// Starts the server again that `stop` has shut down.
    public func start() throws { try FileManager.default.removeItem(atPath: directory + "/down") }

    /// Runs `body` while neither the server nor these sessions of it move: they are connected, take what is sent, and never
    /// answer. `body` may have more sessions stop.
    public nonisolated(nonsending) func frozen<R>(
        _ sessions: [Int32], _ body: nonisolated(nonsending) (FrozenProcesses) async throws -> R
    ) async throws -> R {
        let pidFile = try String(contentsOfFile: directory + "/data/postmaster.pid", encoding: .utf8)
        guard let server = pidFile.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
            throw TestClusterError("the server does not run")
        }
        let frozen = FrozenProcesses()
        defer { frozen.thaw() }
        for process in [server] + sessions { try frozen.freeze(process) }
        return try await body(frozen)
    }

    private func mark(_ name: String) {
        _ = FileManager.default.createFile(atPath: "\(directory)/\(name)", contents: nil)
    }

    private static let prefix = "/tmp/miyabi-test-pg-"

    /// Runs beside the server, which it stops and removes as soon as the test process is gone.
    private static let script = """
        umask 077
        directory=$1 port=$2 parent=$3 primary=$4
        bin=$(ls -d /usr/lib/postgresql/15/bin 2>/dev/null || pg_config --bindir)
        as=
        if [ "$(id -u)" = 0 ]; then
            as='setpriv --reuid=postgres --regid=postgres --init-groups'
            chown -R postgres:postgres "$directory"
        fi
        cd "$directory"
        trap 'rm -rf "$directory"' EXIT
        tls=off
        if [ -n "$primary" ]; then
            PGPASSWORD=$(cat password) $as "$bin/pg_basebackup" -D data -h 127.0.0.1 -p "$primary" -U postgres \\
                -R -X stream -c fast -N || exit 1
        else
            $as "$bin/initdb" -D data -U postgres -A scram-sha-256 --pwfile=password -N -E UTF8 --locale=C.UTF-8 || exit 1
        fi
        rm password
        if [ -z "$primary" ] && openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost \\
            -out server.crt -keyout data/server.key; then
            tls=on
            cp server.crt data
            [ -z "$as" ] || chown postgres data/server.key data/server.crt
        fi
        wanted() { kill -0 "$parent" 2>/dev/null && [ ! -e stop ]; }
        while :; do
        $as "$bin/postgres" -D data -p "$port" -c listen_addresses=127.0.0.1 \\
            -c unix_socket_directories="$directory" -c max_connections=1000 -c shared_buffers=64MB -c fsync=off -c ssl=$tls \\
            -c full_page_writes=off -c autovacuum=off -c shared_preload_libraries=pg_stat_statements -c log_min_messages=fatal &
        server=$!
        while wanted && kill -0 "$server" 2>/dev/null; do sleep 0.3; done
        wanted && [ -e restarts ] || break
        while wanted && [ -e down ]; do sleep 0.1; done
        done
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
        """

    private func start(_ script: String, primaryPort: Int?) async throws {
        let log = directory + "/log"
        try Data().write(to: URL(filePath: log))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [script, directory, String(port), String(getpid()), primaryPort.map(String.init) ?? ""]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()

        var failure: (any Error)?
        for _ in 0..<600 where process.isRunning {
            do {
                let connection = try await PostgresConnection.connect(try configuration())
                await connection.close()
                return
            } catch {
                failure = error
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        throw TestClusterError("PostgreSQL does not start: \(failure.map { "\($0)" } ?? "")\n\(text)")
    }

    /// Removes what test processes left behind that were killed together with their watchdog.
    private static func removeStale() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where "/tmp/\(name)".hasPrefix(prefix) {
            let owner = "/tmp/\(name)".dropFirst(prefix.count).split(separator: "-").first.flatMap { pid_t($0) }
            guard let owner, kill(owner, 0) != 0, errno == ESRCH else { continue }
            let pidFile = try? String(contentsOfFile: "/tmp/\(name)/data/postmaster.pid", encoding: .utf8)
            if let server = pidFile?.split(separator: "\n").first.flatMap({ pid_t($0) }), server > 1 {
                kill(server, SIGQUIT)
            }
            try? FileManager.default.removeItem(atPath: "/tmp/\(name)")
        }
    }

    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0 else { throw TestClusterError("no free port: errno \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Processes that do not move until they are thawed.
public final class FrozenProcesses: Sendable {
    private let processes = Mutex<[Int32]>([])

    /// Stops a process where it is.
    public func freeze(_ process: Int32) throws {
        guard kill(process, SIGSTOP) == 0 else {
            throw TestClusterError("process \(process) cannot be stopped: errno \(errno)")
        }
        processes.withLock { $0.append(process) }
    }

    fileprivate func thaw() {
        for process in processes.withLock({ $0 }) { kill(process, SIGCONT) }
    }
}

/// Why the cluster cannot be used.
public struct TestClusterError: Error, CustomStringConvertible {
    /// What happened, with the server's log.
    public let description: String

    init(_ description: String) { self.description = description }
}
