import Logging
import ArgumentParser
import MiyabiHome
import MiyabiOperations

/// `miyabi status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tell how both halves are.",
        discussion: """
            Each half is running (embedded), external, stopped, or unreachable with the reason. Exit code 0 when both \
            answer, the schema is up to date and the tables are there; 3 when not.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let report = try await StatusReport.gather(
            try global.settings, logger: global.logger(level: .critical))
        if global.json { try Console.json(report) } else { try Console.result(report.description) }
        if !report.isUp { throw ExitCode(3) }
    }
}
