import Logging
import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiOperations

/// `miyabi reset`.
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Remove the embedded database with all its data.",
        discussion: """
            Removes the data of both embedded halves, the passwords, the licence keys and the logs. It asks for the \
            directory's name first; where nobody can be asked, it needs --yes. It refuses while Miyabi runs. External halves are not touched.
            """)

    @OptionGroup var global: GlobalOptions

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        let home = try global.settings.home
        guard FileManager.default.fileExists(atPath: home.path) else {
            return Console.error("miyabi: there is no \(home): nothing to remove")
        }
        let name = home.path.split(separator: "/").last.map(String.init) ?? home.path
        try confirmation.ask("This removes all data in \(home)", word: name)
        try await SupervisorControl(home: home, logger: global.logger(level: .info)).reset()
        Console.error("miyabi: removed \(home)")
    }
}
