import ArgumentParser
import Foundation
import MiyabiDatabase

/// `miyabi usage verify`.
struct UsageVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove that every month's rollup is the sum of its raw events.",
        discussion: """
            Each number of usage_aggregates that is not the sum of its usage_events is listed. Exit code 0 when there is \
            none, or all were repaired; 3 when there are some.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only this month, in UTC: 2025-11.", transform: UsageMonth.argument)
    var period: UsageMonth?

    @Flag(help: "Make the rollups the sums of their events. Recording waits meanwhile.")
    var repair = false

    func run() async throws {
        let differences = try await global.withRelations(repair ? "repairing the rollups" : nil) { relations in
            try await repair ? relations.usage.repair(month: period) : relations.usage.verify(month: period)
        }
        try report(differences)
        if !differences.isEmpty && !repair { throw ExitCode(3) }
    }

    private func report(_ differences: [UsageDifference]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for difference in differences {
            try Console.result(
                global.json
                    ? String(decoding: try encoder.encode(difference), as: UTF8.self) : difference.description)
        }
        let months = period.map { "in \($0)" } ?? "in every month"
        if differences.isEmpty {
            Console.error("every rollup is the sum of its events \(months)")
        } else if repair {
            Console.error("repaired \(differences.count)")
        } else {
            Console.error("\(differences.count) not the sum of their events; repair them: miyabi usage verify --repair")
        }
    }
}
