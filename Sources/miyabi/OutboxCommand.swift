import ArgumentParser

/// `miyabi outbox`: what is on its way from PostgreSQL to DynamoDB.
struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "See and relay what is on its way from PostgreSQL to DynamoDB.",
        discussion: """
            Each change of an execution's status is written down in the transaction that makes it, and relayed as an event, \
            an agent's state and a message to the user's connections. `miyabi up` relays by itself; beside external halves \
            run `miyabi outbox relay`.
            """,
        subcommands: [OutboxStatusCommand.self, OutboxRelayCommand.self, OutboxRetryCommand.self],
        defaultSubcommand: OutboxStatusCommand.self)
}
