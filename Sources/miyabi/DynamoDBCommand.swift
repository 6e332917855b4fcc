import ArgumentParser

/// `miyabi dynamodb`: the DynamoDB engine by itself.
struct DynamoDBCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dynamodb",
        abstract: "Run the DynamoDB engine by itself, without PostgreSQL.",
        subcommands: [DynamoDBServeCommand.self, DynamoDBKeysCommand.self, DynamoDBPolicyCommand.self])
}
