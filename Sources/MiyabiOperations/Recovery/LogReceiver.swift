import Encryption
import Glibc
import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

/// Runs `pg_receivewal`.
///
/// <https://www.postgresql.org/docs/15/app-pgreceivewal.html>
struct LogReceiver: Sendable {
    /// What the server calls the connection.
    static let program = "miyabi recovery"
    /// The slot that keeps the server from removing what was not received.
    static let slot = "miyabi_recovery"

    let address: String
    let binaries: PostgresBinaries
    let home: MiyabiHome
    /// Where the key that encrypts the segments is.
    let keys: HomeKeys
    let logger: Logger

    /// Receives until the policy changes or PostgreSQL ends.
    ///
    /// - Throws: `recovery` when it breaks off.
    func run(_ policy: RecoveryPolicy, while isWanted: @Sendable () -> Bool) async throws(OperationsError) {
        try Files.makeDirectory(policy.log.path)
        let directory = policy.log.spool(of: home)
        // Of a log that does not go on nobody needs the rest.
        for other in try Files.list(home.path + "/wal") where !directory.hasSuffix("/\(other)") {
            try Files.remove("\(home.path)/wal/\(other)")
        }
        try Files.makeDirectory(directory)
        let key = try await keys.make().current
        let log = home.logDirectory + "/pg_receivewal.log"
        let options = ["--dbname=\(address)", "--slot=\(Self.slot)", "--no-password"]
        try await check(start(options + ["--create-slot", "--if-not-exists"], log: log).exit, log: log)
        let child = try await start(
            options + ["--directory=\(directory)", "--no-loop", "--status-interval=1"], log: log)
        // Asked to stop, PostgreSQL sends the rest of its WAL, and then ends the connection; if the disk lets it.
        var patience = 450
        while child.ended == nil {
            await Polling.pause(.milliseconds(200))
            do throws(OperationsError) {
                try policy.log.takeSegments(from: directory, key)
            } catch {
                // What was received stays in the home, and the server keeps the rest.
                child.signal(SIGINT)
                _ = await child.exit
                throw error
            }
            if !isWanted() { patience -= 1 }
            if patience == 0 { child.signal(SIGKILL) }
            if isWanted(), (try? RecoveryPolicy.read(of: home)) != policy { child.signal(SIGINT) }
        }
        let exit = await child.exit
        try policy.log.takeSegments(from: directory, key)
        if isWanted(), (try? RecoveryPolicy.read(of: home)) == policy { try check(exit, log: log, mayEnd: false) }
    }

    private func start(_ arguments: [String], log: String) async throws(OperationsError) -> ChildProcess {
        try await ChildProcess.start(
            ChildProcess.Command(
                executable: binaries.pgReceiveWAL, arguments: arguments, output: log, signalOnParentDeath: "INT"))
    }

    private func check(_ exit: ChildProcess.Exit, log: String, mayEnd: Bool = true) throws(OperationsError) {
        if mayEnd && exit == .code(0) { return }
        throw OperationsError(
            .recovery, "pg_receivewal ended with \(exit)", advice: Files.tail(log, lines: 3) ?? "It left no message.")
    }

    /// Whether the server of a cluster is sending its WAL to a receiver.
    static func isReceiving(from cluster: RunningCluster, logger: Logger) async throws -> Bool {
        try await cluster.withConnection(logger: logger) { connection in
            let rows = try await connection.query(
                """
                SELECT 1 FROM pg_stat_replication
                WHERE application_name = \(program) AND state IN ('catchup', 'streaming')
                """)
            return !rows.isEmpty
        }
    }
}
