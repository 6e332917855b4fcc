import ArgumentParser
import MiyabiDatabase

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
