import ArgumentParser
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations

/// `miyabi usage`: what is billed.
struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Check, correct and compact the usage records that are billed.",
        subcommands: [UsageVerifyCommand.self, UsageExpireCommand.self])
}

extension UsageMonth {
    /// Reads the value of an option.
    static func argument(_ text: String) throws -> UsageMonth {
        guard let month = UsageMonth(text) else {
            throw ValidationError("expected a month such as 2025-11.")
        }
        return month
    }
}

/// `miyabi usage verify`.
struct UsageVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that each month's totals are the sums of their raw events.",
        discussion: """
            Lists each number in usage_aggregates that differs from the sum of its usage_events. Exit code 0 if none \
            differs or all were repaired, 3 if some differ.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Check only this month (UTC): 2025-11.", transform: UsageMonth.argument)
    var period: UsageMonth?

    @Flag(help: "Correct the totals. Recording of usage waits meanwhile.")
    var repair = false

    func run() async throws {
        let differences = try await global.withRelations(repair ? "repairing the rollups" : nil) { relations in
            try await repair ? relations.usage.repair(month: period) : relations.usage.verify(month: period)
        }
        try report(differences)
        if !differences.isEmpty && !repair { throw ExitCode(3) }
    }

    private func report(_ differences: [UsageDifference]) throws {
        for difference in differences {
            if global.json { try Console.json(difference) } else { try Console.result(difference.description) }
        }
        let months = period.map { "in \($0)" } ?? "in every month"
        if differences.isEmpty {
            Console.error("every total is the sum of its events \(months)")
        } else if repair {
            Console.error("repaired \(differences.count)")
        } else {
            Console.error("\(differences.count) totals are wrong; to correct them: miyabi usage verify --repair")
        }
    }
}

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
