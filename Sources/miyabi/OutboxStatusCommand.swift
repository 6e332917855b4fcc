import ArgumentParser
import Foundation
import MiyabiDatabase

/// `miyabi outbox status`.
struct OutboxStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tell how many changes wait, since when, and which are parked.",
        discussion: "Exit code 0 when none is parked, 3 when some are.")

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
        try Console.result(global.json ? try json(report) : text(report))
        if status.parked > 0 { throw ExitCode(3) }
    }

    private func json(_ report: Report) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    private func text(_ report: Report) -> String {
        let lag = String(format: "%.1f", report.lagSeconds)
        var lines = ["waiting     \(report.depth)", "lag         \(lag) s", "parked      \(report.parked)"]
        lines += report.oldestParked.map {
            "            change \($0.id), execution \($0.execution) \($0.status): \($0.error ?? "no reason known")"
        }
        if report.parked > 0 { lines.append("Once the reason is gone: miyabi outbox retry") }
        return lines.joined(separator: "\n")
    }
}
