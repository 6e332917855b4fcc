import FoundationEssentials
import Glibc
public import MiyabiHome
import MiyabiSystem

/// Starts a supervisor in the background: this same program again, in a session of its own, with its output in
/// `logs/miyabi.log`.
public struct DetachedSupervisor: Sendable {
    private let settings: Settings
    private let arguments: [String]

    /// - Parameter arguments: What makes this program run a supervisor in the foreground, without the program's name.
    public init(settings: Settings, arguments: [String]) {
        self.settings = settings
        self.arguments = arguments
    }

    /// Starts it, or finds the one that runs, and waits until it is ready. Cancelled, it stops what it has started.
    ///
    /// - Returns: how to connect, and the state of what this call started; nil where it ran already.
    /// - Throws: `postgres`, `dynamoDB` or another error with the end of its log when it does not come up;
    ///   `CancellationError`.
    public func start() async throws -> (details: ConnectionDetails, started: EnvironmentState?) {
        let home = settings.home
        try home.create(account: ServiceAccount.required())
        // One starts it, whoever comes meanwhile finds it.
        guard let turn = try await FileLock.take(home.startLockFile, within: .seconds(600)) else {
            try Task.checkCancellation()
            throw Supervisor.alreadyRunning(home)
        }
        defer { turn.release() }
        while true {
            if let details = try await findRunning() { return (details, nil) }
            if let state = try await startOne() {
                return (ConnectionDetails(settings: settings, state: state), state)
            }
        }
    }

    /// Waits for a supervisor that somebody else has started; nil when none is there, or none any more.
    private func findRunning() async throws -> ConnectionDetails? {
        let deadline = ContinuousClock.now + .seconds(60)
        while FileLock.isHeld(settings.home.lockFile) {
            try Task.checkCancellation()
            if let state = try EnvironmentState.current(of: settings.home), state.phase == .ready {
                return ConnectionDetails(settings: settings, state: state)
            }
            guard ContinuousClock.now < deadline else { throw Supervisor.alreadyRunning(settings.home) }
            await Polling.pause(.milliseconds(10))
        }
        return nil
    }

    /// Nil when another one, started in the foreground, was faster.
    private func startOne() async throws -> EnvironmentState? {
        let home = settings.home
        // One log back is kept; the file of this run is bounded by what a supervisor has to say.
        if Files.exists(home.supervisorLog) { try Files.rename(home.supervisorLog, to: home.supervisorLog + ".1") }
        guard let program = Files.resolve("/proc/self/exe") else { throw OperationsError.system("find this program") }
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                executable: program, arguments: arguments, environment: ProcessInfo.processInfo.environment,
                output: home.supervisorLog))
        while true {
            if let state = try EnvironmentState.current(of: home), state.pid == child.pid, state.phase == .ready {
                return state
            }
            if let exit = child.ended {
                if FileLock.isHeld(home.lockFile) { return nil }
                throw Self.failure(exit, log: home.supervisorLog)
            }
            if Task.isCancelled {
                child.signal(SIGTERM)
                _ = await child.exit
                throw CancellationError()
            }
            await Polling.pause(.milliseconds(10))
        }
    }

    private static func failure(_ exit: ChildProcess.Exit, log: String) -> OperationsError {
        OperationsError(
            .notRunning, "Miyabi did not come up (\(exit)); the end of \(log):",
            advice: Files.tail(log) ?? "(it is empty)")
    }
}
