import ArgumentParser
import MiyabiDatabase

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
