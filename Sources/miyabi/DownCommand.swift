import Logging
import ArgumentParser
import MiyabiHome
import MiyabiOperations

/// `miyabi down`.
struct DownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down",
        abstract: "Stop what `miyabi up` started, and wait until it has ended.",
        discussion: "The data stays. When nothing runs, there is nothing to do, and the exit code is 0 as well.")

    @OptionGroup var global: GlobalOptions

    @Option(
        help: ArgumentHelp("How long to wait for a clean stop. Default: 90s.", valueName: "duration"),
        transform: Span.within(.seconds(1) ... .seconds(7 * 86_400)))
    var timeout: Duration?

    func run() async throws {
        let home = try global.settings.home
        let stopped = try await SupervisorControl(home: home, logger: global.logger(level: .info))
            .stop(within: timeout ?? .seconds(90))
        Console.error(stopped ? "miyabi: stopped" : "miyabi: nothing is running in \(home)")
    }
}
