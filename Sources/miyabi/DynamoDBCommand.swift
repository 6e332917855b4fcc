import ArgumentParser
import DynamoDBService
import Foundation

/// `miyabi dynamodb`: the DynamoDB engine by itself.
struct DynamoDBCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dynamodb",
        abstract: "Run the DynamoDB engine by itself, without PostgreSQL.",
        subcommands: [DynamoDBServeCommand.self, DynamoDBKeysCommand.self])
}

/// `miyabi dynamodb keys`.
struct DynamoDBKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Manage the access keys of a data directory.",
        discussion: """
            Once there is a key, the server accepts only requests that are signed with one. A running server notices \
            changes at once.
            """,
        subcommands: [DynamoDBKeysAddCommand.self, DynamoDBKeysListCommand.self, DynamoDBKeysRemoveCommand.self])
}

/// The directory whose keys are meant.
struct DynamoDBKeysOptions: ParsableArguments {
    @Option(help: "The data directory.", completion: .directory)
    var data: String

    var file: AccessKeyFile { AccessKeyFile(directory: data) }
}

/// `miyabi dynamodb keys add`.
struct DynamoDBKeysAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Create a key and print it as NAME=value lines.",
        discussion: "The secret is shown only this once.")

    @OptionGroup var options: DynamoDBKeysOptions

    func run() throws {
        // The first key may come before the server.
        try FileManager.default.createDirectory(
            atPath: options.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let key = try options.file.add()
        do {
            try Console.result("AWS_ACCESS_KEY_ID=\(key.id)\nAWS_SECRET_ACCESS_KEY=\(key.secret)")
        } catch {
            // A key whose secret nobody has seen is of no use to anybody.
            _ = try options.file.remove(id: key.id)
            throw error
        }
    }
}

/// `miyabi dynamodb keys list`.
struct DynamoDBKeysListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the IDs of the keys.")

    @OptionGroup var options: DynamoDBKeysOptions

    func run() throws {
        for key in try options.file.keys() ?? [] { try Console.result(key.id) }
    }
}

/// `miyabi dynamodb keys remove`.
struct DynamoDBKeysRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a key: requests signed with it are refused from now on.",
        discussion: """
            Removing the last key makes the server refuse every request. To allow unsigned requests again, delete the \
            file `keys` in the data directory.

            It asks first, because the secret is kept nowhere else; without a terminal it needs --yes.
            """)

    @OptionGroup var options: DynamoDBKeysOptions

    @Argument(help: "The ID of the key.")
    var id: String

    @OptionGroup var confirmation: Confirmation

    func run() throws {
        guard try options.file.keys()?.contains(where: { $0.id == id }) == true else { throw missing }
        try confirmation.ask(
            "This removes the access key \(id) of \(options.data): requests signed with it are refused")
        guard try options.file.remove(id: id) else { throw missing }
        Console.error("miyabi: removed the access key \(id) of \(options.data)")
    }

    private var missing: MissingAccessKey { MissingAccessKey(id: id, directory: options.data) }
}

/// The data directory has no such key.
private struct MissingAccessKey: Error, CustomStringConvertible {
    let id: String
    let directory: String

    var description: String { "\(directory) has no access key \(id)" }
}
