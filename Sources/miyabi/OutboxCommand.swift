import ArgumentParser
import Foundation
import Logging
import MiyabiDatabase
import MiyabiOperations
import ServiceLifecycle
import UnixSignals

/// `miyabi outbox`: what is on its way from PostgreSQL to DynamoDB.
struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "Show and relay the changes on their way from PostgreSQL to DynamoDB.",
        discussion: """
            Each change of an execution's status is recorded in the same transaction, then relayed to DynamoDB: as an \
            event, as the agent's state, and as a message to the user's connections. `miyabi up` relays by itself; \
            where both halves are external, run `miyabi outbox relay`.
            """,
        subcommands: [OutboxStatusCommand.self, OutboxRelayCommand.self, OutboxRetryCommand.self],
        defaultSubcommand: OutboxStatusCommand.self)
}

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

/// `miyabi outbox relay`.
struct OutboxRelayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relay",
        abstract: "Relay changes until Ctrl-C.",
        discussion: """
            For external halves. You may run it in several processes: one works, and another takes over when that one \
            stops. It may be killed at any time; no change is lost.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let logger = global.logger(level: .info, timestamps: true)
        try await MiyabiEnvironment.withConnection(home: global.home, logger: logger) { environment in
            let relay = OutboxRelay(environment.database)
            logger.info("relaying; press Ctrl-C to stop")
            try await ServiceGroup(
                services: [relay], gracefulShutdownSignals: [.sigint, .sigterm], logger: logger
            ).run()
        }
    }
}

/// `miyabi outbox retry`.
struct OutboxRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Have the relay try the parked changes again.")

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let count = try await global.withRelations("retrying the parked changes") { try await $0.outbox.retry() }
        if global.json { return try Console.json(["retried": count]) }
        try Console.result("\(count) changes will be tried again")
    }
}
