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

    @Option(help: "How many seconds to wait for a clean stop.")
    var timeout = 90

    func validate() throws {
        guard timeout > 0 else { throw ValidationError("--timeout must be above 0.") }
    }

    func run() async throws {
        let home = try global.settings.home
        let stopped = try await SupervisorControl(home: home, logger: global.logger(level: .info))
            .stop(within: .seconds(timeout))
        Console.error(stopped ? "miyabi: stopped" : "miyabi: nothing is running in \(home)")
    }
}
