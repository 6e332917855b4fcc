import ArgumentParser
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations

/// `miyabi usage expire`.
struct UsageExpireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Replace the raw usage events of old months with their sums.",
        discussion: """
            One event remains for each user, plugin, month, metric and agent. The totals do not change, an expired event \
            that is delivered again is still counted only once, and `miyabi usage verify` still checks every month. \
            It asks first; without a terminal it needs --yes.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Replace the events of months before this one (UTC): 2025-11.", transform: UsageMonth.argument)
    var before: UsageMonth

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try confirmation.ask(
            "This replaces the raw usage events before \(before) with their sums, in \(try global.settings.postgresName)"
        )
        let expired = try await global.withRelations { try await $0.usage.expireRaw(before: before) }
        if global.json { return try Console.json(["expired": expired]) }
        try Console.result("replaced \(expired) raw events with their sums")
    }
}
