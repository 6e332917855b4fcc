import Glibc
import Logging
import MiyabiHome
import MiyabiSystem

/// Makes a new cluster in one step: it is built in `<place>.new` and renamed when it is whole and on disk, so that whatever
/// interrupts it leaves either no cluster or a complete one.
struct ClusterInitializer {
    let home: MiyabiHome
    let location: ClusterLocation
    let binaries: PostgresBinaries
    let account: ServiceAccount?
    let logger: Logger

    /// The major version of the cluster in a place, or nil where there is none.
    static func major(of location: ClusterLocation) -> Int? {
        Files.readRegular(location.data + "/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Runs `initdb` with data checksums, UTF-8, the C.UTF-8 locale (the same order on every machine) and passwords everywhere.
    func run() async throws(OperationsError) {
        let draft = location.root + ".new"
        // A killed initdb leaves its bootstrap process to die a moment later.
        try await OrphanedServer(dataDirectory: draft + "/data", logger: logger).stop()
        try Files.remove(draft)
        try setAsideStrangeCluster()
        try Files.makeDirectory(draft, mode: 0o700)
        if let account { try Files.give(draft, to: account) }
        let passwordFile = draft + "/password"
        let password = RandomSecret.password()
        try account.act { () throws(OperationsError) in try Files.write(password + "\n", to: passwordFile) }
        let log = home.logDirectory + "/initdb.log"
        let arguments = [
            "--pgdata=\(draft)/data", "--username=postgres", "--pwfile=\(passwordFile)", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "--data-checksums", "--no-sync",
            "--no-instructions",
        ]
        let exit = try await ChildProcess.run(
            ChildProcess.Command(
                executable: binaries.initdb, arguments: arguments, output: log, account: account,
                signalOnParentDeath: "KILL"))
        guard exit == .code(0) else {
            throw OperationsError(
                .postgres, "initdb failed with \(exit)", advice: Files.tail(log) ?? "It left no message in \(log).")
        }
        try account.act { () throws(OperationsError) in
            try Files.remove(passwordFile)
            try Files.makeDirectory(draft + "/log")
            try Files.makeDirectory(draft + "/run")
            try Self.appendInclude(to: draft + "/data/postgresql.conf")
        }
        // The password goes to its place before the cluster does: a cluster without its password is lost, the reverse is not.
        try PasswordFile(path: home.superuserPasswordFile, user: "postgres")
            .write(password: password, port: 0, socketDirectory: location.socketDirectory)
        // One flush of the file system instead of one for each of the thousand files.
        sync()
        try Files.rename(draft, to: location.root)
        try location.link(from: home)
    }

    /// Renames whatever stands in the cluster's place. Below `/var/lib/miyabi` that can be the cluster of a home that was
    /// deleted by hand: its password is gone with the home, its data may still be wanted.
    private func setAsideStrangeCluster() throws(OperationsError) {
        guard Files.exists(location.root) else { return }
        guard location.root != home.postgresDirectory else {
            throw OperationsError(
                .postgres, "\(location.root) exists but is not a PostgreSQL cluster",
                advice: "Check what is in it; `miyabi reset` deletes it.")
        }
        try Files.rename(location.root, to: "\(location.root).orphan-\(time(nil))")
    }

    private static func appendInclude(to path: String) throws(OperationsError) {
        guard let text = Files.read(path) else { throw .system("read", path) }
        try Files.write(text + ServerConfigurationFile.include, to: path)
    }
}
