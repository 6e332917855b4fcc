import ArgumentParser

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
