import ArgumentParser
import Glibc
import Logging
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations
import Postgres
import Synchronization
import UnixSignals

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: GlobalOptions.homeHelp, completion: .directory)
    var home: String?

    @Flag(help: "Write JSON instead of text: one object on each line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Write more details to standard error.")
    var verbose = false

    /// Writes to standard error: warnings, and everything with `--verbose`.
    var logger: Logger { logger(level: .warning) }

    /// What the command line, the environment and `.env` say.
    var settings: Settings {
        get throws {
            let settings = try Settings.load(homeOption: home)
            // Once, however often the settings are asked for.
            if let disagreement = settings.disagreement, !Self.hasToldOfHomes.exchange(true, ordering: .relaxed) {
                Console.error("miyabi: \(disagreement)")
            }
            return settings
        }
    }

    /// What `--home` is, also in commands that take it and not the other options.
    static let homeHelp = ArgumentHelp(
        "The directory of the embedded database.", discussion: "Default: $MIYABI_HOME, or .miyabi.")

    private static let hasToldOfHomes = Atomic(false)

    /// Runs some relational work in one transaction, as the service; the other half need not be there.
    ///
    /// - Parameter change: What changes, such as "revoking a licence"; the person is told where.
    func withRelations<Result: Sendable>(
        _ change: String? = nil, _ body: @Sendable (Relations) async throws -> Result
    ) async throws -> Result {
        let settings = try settings
        return try await MiyabiEnvironment.withConnection(settings, needing: [.postgres], logger: logger) {
            environment in
            if let change { Console.error("miyabi: \(change) in \(settings.postgresName)") }
            // Who waits at a terminal ends it with Ctrl-C.
            return try await environment.database.withSession(as: .service.with(statementTimeout: .zero), body)
        }
    }

    /// A logger for people at a terminal.
    func logger(level: Logger.Level, timestamps: Bool = false) -> Logger {
        var logger = Logger(label: "miyabi") { _ in ConsoleLogHandler(timestamps: timestamps) }
        // A setting that is wrong is reported by the command itself, when it loads the settings.
        let chosen = (try? settings)?.logLevel.flatMap { Logger.Level(rawValue: $0.rawValue) }
        logger.logLevel = verbose ? .debug : chosen ?? level
        return logger
    }
}

/// Asks before anything is destroyed.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask.")
    var yes = false

    /// Whether somebody can be asked.
    var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Goes on when the person types `word`, or was not to be asked.
    ///
    /// - Parameter deed: what is about to happen, and to what: a sentence without its full stop.
    /// - Throws: `ExitCode.failure` for any other answer; `ValidationError` where nobody can be asked.
    func ask(_ deed: String, word: String = "yes") throws {
        if yes { return }
        guard canAsk else {
            throw ValidationError("\(deed). There is no terminal to ask at: add --yes to continue.")
        }
        Console.prompt("\(deed). Type \(word) to continue: ")
        guard readLine() == word else {
            Console.error("miyabi: nothing was changed")
            throw ExitCode.failure
        }
    }
}

/// Runs `body` in a task that SIGINT, SIGTERM and a closed terminal cancel, and waits until it has cleaned up. A second signal does not wait.
///
/// - Throws: what `body` throws; `ExitCode(130)` if that is `CancellationError`.
func cancellingOnInterrupt<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    let work = Task { try await body() }
    let watch = Task {
        for await _ in signals {
            guard !work.isCancelled else { exit(130) }
            work.cancel()
        }
    }
    defer { watch.cancel() }
    do {
        return try await work.value
    } catch is CancellationError {
        Console.error("miyabi: interrupted")
        throw ExitCode(130)
    }
}
