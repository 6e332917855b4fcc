import Glibc
package import MiyabiSystem

/// Where the cluster's directories are.
///
/// Usually `<home>/postgres`. When root runs Miyabi below a directory that PostgreSQL's account cannot enter (`/root`), the
/// cluster is in `/var/lib/miyabi/<hash of the home>`, and `<home>/postgres` is a link to it.
package struct ClusterLocation: Sendable, Equatable {
    /// The directory with `data`, `log` and `run` in it.
    package let root: String
    /// Where the Unix socket is; private to the server's account (and root).
    package let socketDirectory: String

    /// PGDATA.
    package var data: String { root + "/data" }
    package var log: String { root + "/log" }

    private static let shared = "/var/lib/miyabi"
    /// The kernel's limit on a socket's path, without the closing zero (`sun_path` of `sockaddr_un`).
    package static let socketPathLimit = 107

    package init(root: String, shortHash: String) {
        self.root = root
        let own = root + "/run"
        // libpq and `unix_socket_directories` take a comma for the end of a path.
        let isUsable = (own + "/.s.PGSQL.65535").utf8.count <= Self.socketPathLimit && !own.contains(",")
        socketDirectory = isUsable ? own : "/tmp/miyabi-\(shortHash)"
    }

    /// The cluster's place for a home that exists.
    package static func choose(for home: MiyabiHome, account: ServiceAccount?) async throws(OperationsError)
        -> ClusterLocation
    {
        let link = home.postgresDirectory
        var root = link
        if let account {
            let isElsewhere: Bool
            if let status = Files.status(link) {
                isElsewhere = status.isSymbolicLink
            } else {
                isElsewhere = !(try await account.canEnter(home.path))
            }
            if isElsewhere {
                try Files.makeDirectory(shared, mode: 0o711)
                root = "\(shared)/\(home.shortHash)"
            }
        }
        return ClusterLocation(root: root, shortHash: home.shortHash)
    }

    /// Makes the socket's directory. The one below /tmp has a name that others can guess, so it must be our own.
    package func makeSocketDirectory(account: ServiceAccount?) throws(OperationsError) {
        let owner = account?.uid ?? geteuid()
        if let status = Files.status(socketDirectory), !status.isDirectory || status.owner != owner {
            throw OperationsError(
                .unusableHome, "\(socketDirectory) is not a directory owned by PostgreSQL's account",
                advice: "Remove it, or choose a home with a shorter path.")
        }
        try account.act { () throws(OperationsError) in try Files.makeDirectory(socketDirectory, mode: 0o700) }
    }

    /// Links `<home>/postgres` to a cluster that lives elsewhere.
    package func link(from home: MiyabiHome) throws(OperationsError) {
        let link = home.postgresDirectory
        guard root != link, Files.status(link) == nil else { return }
        guard symlink(root, link) == 0 else { throw .system("make the link", link) }
    }
}

extension ServiceAccount {
    /// Whether the account can reach things in a directory. The account itself is asked, so that parents, groups and
    /// access lists all count.
    package func canEnter(_ directory: String) async throws(OperationsError) -> Bool {
        let command = ChildProcess.Command(executable: "/usr/bin/test", arguments: ["-x", directory], account: self)
        return try await ChildProcess.run(command) == .code(0)
    }
}
