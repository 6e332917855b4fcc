import FoundationEssentials
import Glibc
public import MiyabiHome
public import MiyabiSystem

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

    /// Starts it, or finds the one that runs, and waits until it is ready.
    ///
    /// - Returns: how to connect, and the state of what this call started; nil where it ran already.
    /// - Throws: `postgres`, `dynamoDB` or another error with the end of its log when it does not come up.
    public func start() async throws(OperationsError) -> (
        details: ConnectionDetails, started: EnvironmentState?
    ) {
        let home = settings.home
        if FileLock.isHeld(home.lockFile) {
            let ready = await Polling.until(within: .seconds(60)) {
                EnvironmentState.current(of: home)?.phase == .ready || !FileLock.isHeld(home.lockFile)
            }
            guard ready, let details = ConnectionDetails.current(settings) else {
                throw Supervisor.alreadyRunning(home)
            }
            return (details, nil)
        }
        try home.create(account: ServiceAccount.required())
        // One log back is kept; the file of this run is bounded by what a supervisor has to say.
        if Files.exists(home.supervisorLog) { try Files.rename(home.supervisorLog, to: home.supervisorLog + ".1") }
        guard let program = Files.resolve("/proc/self/exe") else { throw .system("find this program") }
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                executable: program, arguments: arguments, environment: ProcessInfo.processInfo.environment,
                output: home.supervisorLog))
        while true {
            if let exit = child.ended { throw Self.failure(exit, log: home.supervisorLog) }
            if let state = EnvironmentState.current(of: home), state.pid == child.pid, state.phase == .ready {
                return (ConnectionDetails(settings: settings, state: state), state)
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
