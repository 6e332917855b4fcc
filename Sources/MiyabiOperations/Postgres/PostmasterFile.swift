import Glibc
import MiyabiSystem

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
        guard let text = Files.read(dataDirectory + "/postmaster.pid") else { return nil }
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
