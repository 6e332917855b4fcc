import ArgumentParser
import MiyabiDatabase

/// `miyabi outbox retry`.
struct OutboxRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Let the relay try the parked changes again.")

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let count = try await global.withRelations("retrying the parked changes") { try await $0.outbox.retry() }
        try Console.result(global.json ? #"{"retried":\#(count)}"# : "\(count) to be tried again")
    }
}
