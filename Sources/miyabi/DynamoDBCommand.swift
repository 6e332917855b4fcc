import ArgumentParser
import DynamoDBService
import Foundation
import MiyabiHome

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
        abstract: "Manage the access keys of the DynamoDB engine.",
        discussion: """
            Without --data, those of the embedded engine that `miyabi up` starts; `miyabi up` makes its own first one. \
            Once there is a key, the server accepts only requests that are signed with one. A running server notices \
            changes at once.
            """,
        subcommands: [DynamoDBKeysAddCommand.self, DynamoDBKeysListCommand.self, DynamoDBKeysRemoveCommand.self])
}

/// The directory whose keys are meant.
struct DynamoDBKeysOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The data directory of a server.", discussion: "Default: that of the home.", valueName: "directory"),
        completion: .directory)
    var data: String?

    @Option(help: GlobalOptions.homeHelp, completion: .directory)
    var home: String?

    func validate() throws {
        guard data == nil || home == nil else { throw ValidationError("Use either --data or --home.") }
    }

    /// The directory that is meant.
    func directory() throws -> String {
        if let data { return data }
        let home = try Settings.load(homeOption: home).home
        try home.requireAccess()
        guard home.exists else {
            throw ValidationError(
                "There is no Miyabi home at \(home). Name one with --home, or a directory with --data.")
        }
        return home.dynamoDBDirectory
    }
}

/// `miyabi dynamodb keys add`.
struct DynamoDBKeysAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Create a key and print it as NAME=value lines.",
        discussion: "The secret is shown only this once.")

    @OptionGroup var options: DynamoDBKeysOptions

    func run() throws {
        let directory = try options.directory()
        // The first key may come before the server.
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = AccessKeyFile(directory: directory)
        let key = try file.add()
        do {
            try Console.result("AWS_ACCESS_KEY_ID=\(key.id)\nAWS_SECRET_ACCESS_KEY=\(key.secret)")
        } catch {
            // A key whose secret nobody has seen is of no use to anybody.
            _ = try file.remove(id: key.id)
            throw error
        }
    }
}

/// `miyabi dynamodb keys list`.
struct DynamoDBKeysListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the IDs of the keys.")

    @OptionGroup var options: DynamoDBKeysOptions

    func run() throws {
        for key in try AccessKeyFile(directory: options.directory()).keys() ?? [] { try Console.result(key.id) }
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
        let directory = try options.directory()
        let file = AccessKeyFile(directory: directory)
        let missing = MissingAccessKey(id: id, directory: directory)
        guard try file.keys()?.contains(where: { $0.id == id }) == true else { throw missing }
        try confirmation.ask(
            "This removes the access key \(id) of \(directory): requests signed with it are refused")
        guard try file.remove(id: id) else { throw missing }
        Console.error("miyabi: removed the access key \(id) of \(directory)")
    }
}

/// The data directory has no such key.
private struct MissingAccessKey: Error, CustomStringConvertible {
    let id: String
    let directory: String

    var description: String { "\(directory) has no access key \(id)" }
}
