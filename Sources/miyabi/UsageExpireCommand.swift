import ArgumentParser
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations

/// `miyabi usage expire`.
struct UsageExpireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Replace the raw usage events of old months by their sums.",
        discussion: """
            One event is left for each user, plugin, month, metric and agent. Rollups do not change, an expired event that \
            is delivered again still counts once, and `miyabi usage verify` still proves every month. It asks first; where \
            nobody can be asked, it needs --yes.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "The first month that is kept, in UTC: 2025-11.", transform: UsageMonth.argument)
    var before: UsageMonth

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try confirmation.ask(
            "This replaces the raw usage events before \(before) by their sums, in \(try global.settings.postgresName)")
        let expired = try await global.withRelations { try await $0.usage.expireRaw(before: before) }
        try Console.result(global.json ? #"{"expired":\#(expired)}"# : "expired \(expired) raw events")
    }
}
