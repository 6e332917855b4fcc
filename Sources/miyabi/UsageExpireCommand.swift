import ArgumentParser
import MiyabiDatabase

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
        let expired = try await global.withRelations { try await $0.usage.expireRaw(before: before) }
        try Console.result(global.json ? #"{"expired":\#(expired)}"# : "expired \(expired) raw events")
    }
}
