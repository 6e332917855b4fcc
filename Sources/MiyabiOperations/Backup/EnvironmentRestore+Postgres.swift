import Glibc
import Logging
import MiyabiHome
import MiyabiSystem

extension EnvironmentRestore {
    /// Unpacks the cluster beside its place, checks each file against the server's own manifest, and moves it in. The
    /// next start replays the WAL that is in it.
    func restorePostgres(
        _ postgres: Backup.Postgres, from archive: String, account: ServiceAccount?, asOf moment: RecoveryMoment?
    ) async throws {
        let home = settings.home
        let binaries = try await PostgresBinaries.find(
            directory: settings.postgresBinaries, major: postgres.major, path: settings.path)
        let location = try await ClusterLocation.choose(for: home, account: account)
        let draft = location.root + ".new"
        try Files.remove(draft)
        for directory in ["", "/data", "/log", "/run"] { try Files.makeDirectory(draft + directory) }
        let unpack = ["--extract", "--gzip", "--file=\(archive)", "--directory=\(draft)/data", "--no-same-owner"]
        try await run("/bin/tar", unpack)
        try await run(binaries.pgVerifyBackup, ["--exit-on-error", "--quiet", draft + "/data"])
        let replay = try moment?.prepare(in: draft)
        if let account {
            try await run("/bin/chown", ["--recursive", "\(account.uid):\(account.gid)", draft])
        }
        // One flush of the file system instead of one for each of the thousand files.
        sync()
        try Files.rename(draft, to: location.root)
        try location.link(from: home)
        if let replay { try await self.replay(replay, in: location) }
    }

    /// Starts the server once, which replays the WAL up to the moment, and stops it again.
    private func replay(_ replay: RecoveryMoment.Replay, in location: ClusterLocation) async throws {
        onStep("replaying PostgreSQL's WAL")
        let server = try await EmbeddedPostgres.start(
            EmbeddedPostgres.Options(
                home: settings.home, port: 0, binariesDirectory: settings.postgresBinaries, tuning: settings.tuning,
                path: settings.path),
            logger: logger)
        await server.stop()
        try replay.finish(in: location.root)
    }

    /// Runs a program, and gives its last words as the reason when it fails.
    func run(_ program: String, _ arguments: [String], account: ServiceAccount? = nil) async throws(OperationsError) {
        let log = settings.home.logDirectory + "/restore.log"
        let exit = try await ChildProcess.run(
            ChildProcess.Command(
                executable: program, arguments: arguments, output: log, account: account, signalOnParentDeath: "KILL"))
        guard exit == .code(0) else {
            throw OperationsError(
                .backup, "\(program) failed with \(exit)", advice: Files.tail(log) ?? "It left no message in \(log).")
        }
        try Files.remove(log)
    }
}
