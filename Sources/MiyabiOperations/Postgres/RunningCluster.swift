import Glibc
import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

/// The running cluster of a home, as its superuser meets it from another process than its supervisor.
struct RunningCluster: Sendable {
    /// How to connect as superuser, without the password: the address names the passfile.
    let address: String
    let binaries: PostgresBinaries

    /// - Throws: `notRunning`.
    static func find(_ settings: Settings, program: String) async throws(OperationsError) -> RunningCluster {
        let home = settings.home
        guard let port = try EnvironmentState.current(of: home)?.postgres?.port else {
            throw MiyabiEnvironment.notRunning(home, nil)
        }
        let location = try await ClusterLocation.choose(for: home, account: ServiceAccount.required())
        return RunningCluster(
            address: EmbeddedPostgres.superuserAddress(
                home: home, location: location, port: port, database: "postgres", program: program),
            binaries: try await PostgresBinaries.find(
                directory: settings.postgresBinaries, major: ClusterInitializer.major(of: location), path: settings.path
            ))
    }

    func withConnection<Result>(
        logger: Logger, _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await PostgresConnection.withConnection(to: PostgresConfiguration(address), logger: logger, body)
    }
}

/// `postmaster.pid`: what a running server says of itself in its data directory.
///
/// Lines: process, data directory, start time, port, socket directory, listen address, shared memory key, status.
struct PostmasterFile: Sendable, Equatable {
    let pid: pid_t
    let dataDirectory: String
    let startTime: Int
    let port: Int
    /// "ready" once connections are accepted; "starting", "stopping", "standby" otherwise.
    let status: String

    /// Nil where there is no such file, or one that is still being written.
    init?(dataDirectory: String) {
        guard let text = Files.readRegular(dataDirectory + "/postmaster.pid") else { return nil }
        self.init(text: text)
    }

    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, let pid = pid_t(lines[0]), pid > 0, let start = Int(lines[2]), let port = Int(lines[3])
        else { return nil }
        self.pid = pid
        self.dataDirectory = String(lines[1])
        self.startTime = start
        self.port = port
        status = lines.count > 7 ? String(lines[7].prefix { $0 != " " }) : ""
    }

    /// The process, if it lives and really is a PostgreSQL server in this data directory: numbers are used again.
    func server(in dataDirectory: String) -> ProcessIdentity? {
        ProcessIdentity(pid: pid).flatMap { $0.isPostgres(in: dataDirectory) ? $0 : nil }
    }
}

/// The server of a supervisor that was killed before it could stop it.
///
/// It is stopped, not adopted: a server is watched through its exit status, which only its parent gets.
/// Each process of PostgreSQL works in the data directory, so `/proc/*/cwd` and `exe` tell exactly which are left. That is safer than
/// the number in `postmaster.pid`, which may be another program's by now, and it sees backends that outlived a killed
/// postmaster: starting beside those would destroy the data.
struct OrphanedServer {
    let dataDirectory: String
    let logger: Logger
    /// How long a fast shutdown may take, including its checkpoint.
    var patience: Duration = .seconds(60)

    /// Whether any process of PostgreSQL works in the data directory.
    var isRunning: Bool { !processes().isEmpty }

    /// Stops everything that works in the data directory, then removes the stale `postmaster.pid`.
    func stop() async throws(OperationsError) {
        if let file = PostmasterFile(dataDirectory: dataDirectory), let server = file.server(in: dataDirectory) {
            logger.notice("stopping the PostgreSQL server that an earlier miyabi left behind (process \(file.pid))")
            try server.signal(SIGINT)
            _ = await Polling.until(within: patience) { processes().isEmpty }
        }
        let left = processes()
        if !left.isEmpty {
            logger.warning("stopping PostgreSQL processes that have lost their server: \(left.map(\.pid))")
            for process in left { try process.signal(SIGQUIT) }
            guard await Polling.until(within: .seconds(10), { processes().isEmpty }) else {
                throw OperationsError(
                    .postgres, "PostgreSQL processes of an earlier run do not stop: \(processes().map(\.pid))",
                    advice:
                        "End them (kill -9 \(processes().map { "\($0.pid)" }.joined(separator: " "))), then run miyabi up again."
                )
            }
        }
        let file = dataDirectory + "/postmaster.pid"
        guard Files.status(file) != nil else { return }
        try ServiceAccount.required().act { () throws(OperationsError) in try Files.remove(file) }
    }

    private func processes() -> [ProcessIdentity] {
        Files.entries("/proc").compactMap { pid_t($0) }.compactMap { ProcessIdentity(pid: $0) }
            .filter { $0.isPostgres(in: dataDirectory) }
    }
}

extension ProcessIdentity {
    /// Whether it is a process of PostgreSQL that works in a data directory. A shell or an editor there is none.
    func isPostgres(in dataDirectory: String) -> Bool {
        Files.isSame("/proc/\(pid)/cwd", dataDirectory) && runs("postgres")
    }
}
