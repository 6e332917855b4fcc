import CSpawn
import FoundationEssentials
import Glibc
import Synchronization

/// A program started by Miyabi, in a session of its own, with no descriptor but the three standard ones.
///
/// A session of its own keeps Ctrl-C at the terminal away from it: the supervisor decides what stops when.
/// Where `setpriv` exists, the kernel signals the child when its supervisor dies, even by `kill -9`. That signal is tied to
/// the *thread* that forked, so each child has one thread, which spawns it, waits for it and ends with it.
package final class ChildProcess: Sendable {
    /// How a process ended.
    package enum Exit: Sendable, Equatable, CustomStringConvertible {
        case code(Int32)
        case signal(Int32)

        package var description: String {
            switch self {
            case .code(let code): "exit code \(code)"
            case .signal(let number): "signal \(number) (\(String(cString: strsignal(number))))"
            }
        }
    }

    private enum State {
        case running([CheckedContinuation<Exit, Never>])
        case ended(Exit)
    }

    package let pid: Int32
    private let state = Mutex(State.running([]))

    private init(pid: pid_t) { self.pid = pid }

    /// What to start and how.
    package struct Command: Sendable {
        package var executable: String
        package var arguments: [String]
        /// The child's whole environment: nothing of ours leaks into it.
        package var environment: [String: String] = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
        ]
        /// The file that gives standard input, opened by this process whoever the account is; /dev/null without one.
        package var input: String?
        /// The file that takes standard output and error, emptied first; /dev/null without one.
        package var output: String?
        /// The file that takes standard error instead, emptied first.
        package var errors: String?
        package var account: ServiceAccount?
        /// What the kernel sends the child when this process dies, such as "INT".
        package var signalOnParentDeath: String?

        package init(
            executable: String, arguments: [String] = [], environment: [String: String]? = nil, input: String? = nil,
            output: String? = nil, errors: String? = nil, account: ServiceAccount? = nil,
            signalOnParentDeath: String? = nil
        ) {
            if let environment { self.environment = environment }
            self.executable = executable
            self.arguments = arguments
            self.input = input
            self.output = output
            self.errors = errors
            self.account = account
            self.signalOnParentDeath = signalOnParentDeath
        }

        /// The program and its arguments, behind `setpriv` where an account or a death signal asks for it.
        fileprivate func argumentVector() -> [String] {
            let setpriv = "/usr/bin/setpriv"
            guard account != nil || (signalOnParentDeath != nil && access(setpriv, X_OK) == 0) else {
                return [executable] + arguments
            }
            var vector = [setpriv, "--no-new-privs"]
            if let signalOnParentDeath { vector += ["--pdeathsig", signalOnParentDeath] }
            guard let account else { return vector + ["--", executable] + arguments }
            vector += ["--reuid=\(account.uid)", "--regid=\(account.gid)", "--init-groups"]
            // Another account may not be able to enter our current directory, and PostgreSQL's programs want to return to it.
            return vector + ["--", "/usr/bin/env", "--chdir=/", executable] + arguments
        }
    }

    /// Starts the program; returns as soon as it runs.
    package static func start(_ command: Command) async throws(OperationsError) -> ChildProcess {
        let result = await withCheckedContinuation {
            (started: CheckedContinuation<Result<ChildProcess, OperationsError>, Never>) in
            DedicatedThread.start {
                do throws(OperationsError) {
                    let child = ChildProcess(pid: try spawn(command))
                    started.resume(returning: .success(child))
                    child.waitUntilItEnds()
                } catch {
                    started.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Starts the program and waits for its end.
    package static func run(_ command: Command) async throws(OperationsError) -> Exit {
        await (try start(command)).exit
    }

    /// Runs a short program and gives what it printed.
    package static func output(of executable: String, arguments: [String]) async throws(OperationsError) -> String {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/miyabi-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard descriptor >= 0 else { throw .system("make the temporary file", path) }
        defer {
            close(descriptor)
            unlink(path)
        }
        _ = try await run(Command(executable: executable, arguments: arguments, output: path))
        return Files.read(path) ?? ""
    }

    /// How it ended; waits for that.
    package var exit: Exit {
        get async {
            await withCheckedContinuation { continuation in
                let ended = state.withLock { state -> Exit? in
                    switch state {
                    case .ended(let exit): return exit
                    case .running(let waiting):
                        state = .running(waiting + [continuation])
                        return nil
                    }
                }
                if let ended { continuation.resume(returning: ended) }
            }
        }
    }

    /// How it ended, or nil while it runs.
    package var ended: Exit? {
        state.withLock { if case .ended(let exit) = $0 { exit } else { nil } }
    }

    /// Sends a signal, unless it has ended: the number then may belong to somebody else's process.
    package func signal(_ number: Int32) {
        state.withLock { if case .running = $0 { _ = kill(pid, number) } }
    }

    private func waitUntilItEnds() {
        var information = siginfo_t()
        // First look without reaping, then reap under the lock: `signal` never meets a reused process number.
        _ = retryingInterrupted { waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) }
        let (exit, waiting) = state.withLock { state -> (Exit, [CheckedContinuation<Exit, Never>]) in
            var status: Int32 = 0
            _ = retryingInterrupted { waitpid(pid, &status, 0) }
            let exit: Exit = status & 0x7f == 0 ? .code(status >> 8 & 0xff) : .signal(status & 0x7f)
            guard case .running(let waiting) = state else { return (exit, []) }
            state = .ended(exit)
            return (exit, waiting)
        }
        for continuation in waiting { continuation.resume(returning: exit) }
    }
}

extension ChildProcess {
    /// `posix_spawn` with everything inherited cut off.
    private static func spawn(_ command: Command) throws(OperationsError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, command.input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, command.output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0o600)
        if let errors = command.errors {
            posix_spawn_file_actions_addopen(
                &actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        // Whatever this process has open, also what another thread opens at this moment.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        var allSignals = sigset_t()
        sigfillset(&allSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which glibc's <spawn.h> shows only to GNU C
        posix_spawnattr_setflags(&attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let vector = command.argumentVector()
        let arguments = vector.map { strdup($0) } + [nil]
        let environment = command.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, vector[0], &actions, &attributes, arguments, environment)
        guard failure == 0 else { throw .system("start", command.executable, errno: failure) }
        return pid
    }
}

/// Waiting for something outside this process that announces itself only by being there.
package enum Polling {
    /// Asks every 10 ms until the answer is yes or the time is over; a cancelled task keeps waiting, since what is waited
    /// for here is the end of a clean-up.
    package static func until(within limit: Duration, _ condition: @Sendable () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while true {
            if condition() { return true }
            if ContinuousClock.now >= deadline { return false }
            await pause(.milliseconds(10))
        }
    }

    /// Sleeps even in a cancelled task.
    package static func pause(_ duration: Duration) async {
        _ = await Task.detached { try? await Task.sleep(for: duration) }.value
    }
}

/// A thread of the system's own that runs one blocking body, away from Swift's small cooperative pool.
package enum DedicatedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    package static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(body))
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        // The system is out of threads: nothing that this program does next could work.
        precondition(failure == 0, "cannot make a thread: \(String(cString: strerror(failure)))")
        pthread_detach(thread)
    }
}
