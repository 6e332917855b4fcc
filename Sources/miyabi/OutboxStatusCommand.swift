import ArgumentParser
import Foundation
import MiyabiDatabase

/// `miyabi outbox status`.
struct OutboxStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how many changes wait, for how long, and which failed too often (parked).",
        discussion: "Exit code 0 if none is parked, 3 if some are.")

    @OptionGroup var global: GlobalOptions

    private struct Report: Encodable {
        struct Parked: Encodable {
            var id: String
            var execution: String
            var status: String
            var attempts: Int
            var error: String?
        }

        var depth: Int
        var lagSeconds: Double
        var parked: Int
        var oldestParked: [Parked]
    }

    func run() async throws {
        let (status, parked) = try await global.withRelations { relations in
            (try await relations.outbox.status(), try await relations.outbox.parked(limit: 20))
        }
        let report = Report(
            depth: status.depth, lagSeconds: status.lagSeconds, parked: status.parked,
            oldestParked: parked.map {
                .init(
                    id: $0.id.lowercased, execution: $0.executionID.lowercased, status: $0.status,
                    attempts: $0.attempts, error: $0.lastError)
            })
        if global.json { try Console.json(report) } else { try Console.result(text(report)) }
        if status.parked > 0 { throw ExitCode(3) }
    }

    private func text(_ report: Report) -> String {
        let lag = String(format: "%.1f", report.lagSeconds)
        var lines = ["waiting     \(report.depth)", "lag         \(lag) s", "parked      \(report.parked)"]
        lines += report.oldestParked.map {
            "            change \($0.id), execution \($0.execution) \($0.status): \($0.error ?? "unknown error")"
        }
        if report.parked > 0 { lines.append("When the cause is fixed: miyabi outbox retry") }
        return lines.joined(separator: "\n")
    }
}
