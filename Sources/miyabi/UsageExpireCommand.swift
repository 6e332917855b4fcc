import ArgumentParser
import MiyabiDatabase
import MiyabiOperations

/// `miyabi usage expire`.
struct UsageExpireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Replace the raw usage events of old months by their sums.",
        discussion: """
            One event is left for each user, plugin, month, metric and agent. Rollups do not change, an expired event that \
            is delivered again still counts once, and `miyabi usage verify` still proves every month.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "The first month that is kept, in UTC: 2025-11.", transform: UsageMonth.argument)
    var before: UsageMonth

    func run() async throws {
        let expired = try await MiyabiEnvironment.withConnection(
            home: global.home, needing: [.postgres], logger: global.logger
        ) { environment in
            try await environment.database.withSession(as: .service) { relations in
                try await relations.usage.expireRaw(before: before)
            }
        }
        Console.result(global.json ? #"{"expired":\#(expired)}"# : "expired \(expired) raw events")
    }
}
