import Logging
import ArgumentParser
import Foundation
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

    @Flag(help: "Do not ask.")
    var yes = false

    func run() async throws {
        let home = try Settings.load(homeOption: global.home).home
        guard FileManager.default.fileExists(atPath: home.path) else {
            return Console.error("miyabi: there is no \(home): nothing to remove")
        }
        if !yes { try confirm(home) }
        try await SupervisorControl(home: home, logger: global.logger(level: .info)).reset()
        Console.error("miyabi: removed \(home)")
    }

    private func confirm(_ home: MiyabiHome) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ValidationError("There is no terminal to ask at: say --yes to remove all data in \(home).")
        }
        let name = home.path.split(separator: "/").last.map(String.init) ?? home.path
        FileHandle.standardError.write(Data("This removes all data in \(home). Type \(name) to go on: ".utf8))
        guard readLine() == name else {
            Console.error("miyabi: nothing was removed")
            throw ExitCode.failure
        }
    }
}
