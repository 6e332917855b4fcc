import FoundationEssentials
import Glibc
import Logging
import MiyabiHome
import MiyabiSystem

/// The halves that a supervisor has started so far, and the state file that tells others of them.
actor RunningHalves {
    private(set) var postgres: EmbeddedPostgres?
    private(set) var dynamoDB: (any EmbeddedDynamoDB)?
    private(set) var state: EnvironmentState
    /// Where the halves listen, and by which certificate.
    nonisolated let transport: EmbeddedTransport
    private var isStopped = false
    private let home: MiyabiHome
    private let logger: Logger

    init(home: MiyabiHome, transport: EmbeddedTransport = .plain, listen: String? = nil, logger: Logger) {
        self.home = home
        self.logger = logger
        self.transport = transport
        state = EnvironmentState(pid: getpid(), startedAt: Date())
        (state.tls, state.listen) = (transport.tls, listen)
    }

    /// Has both halves show the certificate that lies in its file now.
    func reloadCertificate() async throws {
        try await postgres?.reloadCertificate()
        try dynamoDB?.reloadCertificate()
    }

    /// Notes what is being done now: if it hangs, `miyabi down` and `miyabi status` name it.
    func step(_ text: String) throws(OperationsError) {
        state.step = text
        try state.write(to: home.stateFile)
        logger.debug("\(text)")
    }

    func started(_ server: EmbeddedPostgres) async {
        postgres = server
        state.postgres = .init(pid: await server.pid, port: server.port, version: server.version)
    }

    func started(_ service: any EmbeddedDynamoDB) {
        dynamoDB = service
        state.dynamoDB = .init(pid: getpid(), port: service.port, version: MiyabiVersion.current)
    }

    func migrated(_ report: EnvironmentState.MigrationReport) {
        state.migrations = report
    }

    func postgresRestarted(pid: Int32) {
        state.postgres?.pid = pid
        save()
    }

    func isReady() throws(OperationsError) {
        state.phase = .ready
        try step("serving")
    }

    /// Stops what runs, last started first: the HTTP service, the engine, PostgreSQL. Further calls do nothing.
    func stop(halt: Halt) async {
        if isStopped { return }
        isStopped = true
        state.phase = .stopping
        let hurry = Task { [postgres] in
            await halt.requested(times: 2)
            if !Task.isCancelled { await postgres?.stopAtOnce() }
        }
        if let dynamoDB {
            saveStep("stopping the DynamoDB service and engine")
            await dynamoDB.stop()
        }
        if let postgres {
            saveStep("stopping PostgreSQL (process \(await postgres.pid))")
            await postgres.stop()
        }
        hurry.cancel()
        do { try Files.remove(home.stateFile) } catch { logger.warning("\(error)") }
    }

    private func saveStep(_ text: String) {
        state.step = text
        logger.info("\(text)")
        save()
    }

    /// Where a failure to write must not keep us from stopping.
    private func save() {
        do { try state.write(to: home.stateFile) } catch { logger.warning("\(error)") }
    }
}
