import Glibc
import Logging
import MiyabiSystem

/// The server of a supervisor that was killed before it could stop it.
///
/// It is stopped, not adopted: a server is watched through its exit status, which only its parent gets.
/// Each process of PostgreSQL works in the data directory, so `/proc/*/cwd` tells exactly which are left. That is safer than
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
        if let file = PostmasterFile(dataDirectory: dataDirectory), file.isAlive(in: dataDirectory) {
            logger.notice("stopping the PostgreSQL server that an earlier miyabi left behind (process \(file.pid))")
            kill(file.pid, SIGINT)
            _ = await Polling.until(within: patience) { processes().isEmpty }
        }
        let left = processes()
        if !left.isEmpty {
            logger.warning("stopping PostgreSQL processes that have lost their server: \(left)")
            for pid in left { kill(pid, SIGQUIT) }
            guard await Polling.until(within: .seconds(10), { processes().isEmpty }) else {
                throw OperationsError(
                    .postgres, "PostgreSQL processes of an earlier run do not stop: \(processes())",
                    advice:
                        "End them (kill -9 \(processes().map(String.init).joined(separator: " "))), then run miyabi up again."
                )
            }
        }
        try Files.remove(dataDirectory + "/postmaster.pid")
    }

    /// The processes whose working directory is the data directory.
    private func processes() -> [pid_t] {
        guard let data = Files.resolve(dataDirectory) else { return [] }
        return Files.entries("/proc").compactMap { pid_t($0) }.filter { Files.resolve("/proc/\($0)/cwd") == data }
    }
}
