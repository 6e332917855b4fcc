import ArgumentParser
import DynamoDBEngine
import Foundation
import Logging
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// `miyabi status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the state of both halves.",
        discussion: """
            Each half is running (embedded), external, stopped, or unreachable with the reason. Exit code 0 when both \
            answer, all migrations were run (Miyabi's, and your own in MIYABI_MIGRATIONS), and the tables exist; 3 when not.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let settings = try global.settings
        var report = try await StatusReport.gather(settings, logger: global.logger(level: .critical))
        report.encryption = await encryption(settings)
        if global.json { try Console.json(report) } else { try Console.result(report.description) }
        if !report.isUp { throw ExitCode(3) }
    }

    private func encryption(_ settings: Settings) async -> StatusReport.Encryption {
        var report = StatusReport.Encryption()
        if settings.dynamoDB.location == .embedded,
            let census = try? EncryptionCensus(of: settings.home.dynamoDBDirectory),
            census.isEncrypted || census.plainFiles > 0
        {
            report.dynamoDB = census.isEncrypted ? "AES-256" : "none"
            report.dataKey = census.keys.first?.id
            report.filesOfEarlierKeys = census.keys.dropFirst().reduce(0) { $0 + $1.files }
        }
        if settings.postgres.url == nil {
            report.postgresVolume = VolumeEncryption.of(settings.home.postgresDirectory)
        }
        return report
    }
}

/// `miyabi down`.
struct DownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down",
        abstract: "Stop what `miyabi up` started, and wait until it has ended.",
        discussion: "The data is kept. If nothing is running, it does nothing and the exit code is 0.")

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

/// `miyabi reset`.
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Remove the embedded database with all its data.",
        discussion: """
            Removes the data of both embedded halves, the passwords, the licence keys and the logs. It asks you to type the \
            directory's name first; without a terminal it needs --yes. It refuses while Miyabi is running. External halves \
            are not touched.
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
