import Glibc
import Logging
import MiyabiSystem

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
        try Files.remove(dataDirectory + "/postmaster.pid")
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
