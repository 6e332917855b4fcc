import ArgumentParser
import Logging

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory that holds the embedded halves.", discussion: "Default: $MIYABI_HOME, or .miyabi."),
        completion: .directory)
    var home: String?

    @Flag(help: "Write JSON instead of text, where the command has something to tell.")
    var json = false

    @Flag(name: .shortAndLong, help: "Tell more on standard error.")
    var verbose = false

    /// Writes to standard error: warnings, and everything with `--verbose`.
    var logger: Logger { logger(level: .warning) }

    /// A logger for people at a terminal.
    func logger(level: Logger.Level, timestamps: Bool = false) -> Logger {
        var logger = Logger(label: "miyabi") { _ in ConsoleLogHandler(timestamps: timestamps) }
        logger.logLevel = verbose ? .debug : level
        return logger
    }
}
