import ArgumentParser
import Logging
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory that holds the embedded halves.", discussion: "Default: $MIYABI_HOME, or .miyabi."),
        completion: .directory)
    var home: String?

    @Flag(help: "Write JSON instead of text: one object on each line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Write more details to standard error.")
    var verbose = false

    /// Writes to standard error: warnings, and everything with `--verbose`.
    var logger: Logger { logger(level: .warning) }

    /// What the command line, the environment and `.env` say.
    var settings: Settings {
        get throws { try Settings.load(homeOption: home) }
    }

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
            return try await environment.database.withSession(as: .service, body)
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
