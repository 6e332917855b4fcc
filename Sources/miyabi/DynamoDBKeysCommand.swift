import ArgumentParser
import DynamoDBEngine
import DynamoDBService
import Foundation
import MiyabiDatabase
import MiyabiHome

/// `miyabi dynamodb keys`.
struct DynamoDBKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Manage the access keys of the DynamoDB engine, and what each may do.",
        discussion: """
            Without --data, those of the embedded engine that `miyabi up` starts; `miyabi up` makes its own first one. \
            Once there is a key, the server accepts only requests that are signed with one. A running server notices \
            changes at once.

            A key may do everything, unless it has policies: IAM documents, or the ones of `miyabi dynamodb policy`.
            """,
        subcommands: [
            DynamoDBKeysAddCommand.self, DynamoDBKeysListCommand.self, DynamoDBKeysPolicyCommand.self,
            DynamoDBKeysRemoveCommand.self,
        ])
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
        discussion: """
            The secret is shown only this once.

            Without --policy the key may do everything. With it, only what a policy allows and none denies:
              miyabi dynamodb keys add backend --policy application
              miyabi dynamodb keys add reports --policy read-only --policy no-messages.json
            """)

    @OptionGroup var options: DynamoDBKeysOptions

    @Argument(
        help: ArgumentHelp(
            "Who uses the key: 1 to 64 letters, digits and _+=,.@-, as of IAM's users.",
            discussion: "Errors name it, and policies as ${aws:username}. Default: the key's ID."))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "A file with an IAM policy, or a policy of `miyabi dynamodb policy`.", discussion: "May be repeated.",
            valueName: "file|name"), completion: .file())
    var policy: [String] = []

    func validate() throws {
        guard let name, !AccessKey.isName(name) else { return }
        throw ValidationError("The name of a key must be 1 to 64 letters, digits and _+=,.@-")
    }

    func run() throws {
        let policies = policy.isEmpty ? nil : try KeyPolicy.read(policy)
        let directory = try options.directory()
        // The first key may come before the server.
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = AccessKeyFile(directory: directory)
        let key = try file.add(.generate(name: name, policies: policies))
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
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys, whom they are for, and their policies.")

    @OptionGroup var options: DynamoDBKeysOptions

    @Flag(help: "Write JSON instead of text: one object on each line.")
    var json = false

    private struct Row: Encodable {
        let id: String
        let name: String?
        /// Whether it has policies, perhaps none: then it may do nothing.
        let limited: Bool
        let policies: [String]?
    }

    func run() throws {
        let keys = try AccessKeyFile(directory: options.directory()).keys() ?? []
        var table = Table("ID", "NAME", "POLICIES")
        for key in keys {
            let names = key.policies?.map(\.name)
            if json {
                try Console.json(Row(id: key.id, name: key.name, limited: names != nil, policies: names))
            } else {
                table.add(
                    key.id, key.name ?? "-",
                    names.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? "may do everything")
            }
        }
        if !table.isEmpty { try Console.result(table.text()) }
    }
}

/// `miyabi dynamodb keys policy`.
struct DynamoDBKeysPolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Show the policies of a key, or replace them.",
        discussion: """
            They are written one after the other, as JSON. --set replaces all of them at once:
              miyabi dynamodb keys policy backend --set application --set extra.json
            """)

    @OptionGroup var options: DynamoDBKeysOptions

    @Argument(help: "The ID or the name of the key.")
    var key: String

    @Option(
        help: ArgumentHelp(
            "A file with an IAM policy, or a policy of `miyabi dynamodb policy`.", discussion: "May be repeated.",
            valueName: "file|name"), completion: .file())
    var set: [String] = []

    @Flag(help: "Remove all policies, so that the key may do everything. It asks first.")
    var unlimited = false

    @OptionGroup var confirmation: Confirmation

    func validate() throws {
        guard set.isEmpty || !unlimited else { throw ValidationError("Use either --set or --unlimited.") }
    }

    func run() throws {
        let policies = try KeyPolicy.read(set)
        let directory = try options.directory()
        let file = AccessKeyFile(directory: directory)
        let missing = MissingAccessKey(id: key, directory: directory)
        guard let found = try file.keys()?.first(where: { $0.isCalled(key) }) else { throw missing }
        if set.isEmpty, !unlimited {
            guard let policies = found.policies else {
                return Console.error("miyabi: the access key \(key) has no policies, and may do everything")
            }
            for policy in policies { try Console.result(try policy.document.indentedJSON()) }
            return
        }
        if unlimited {
            try confirmation.ask("This lets the access key \(key) of \(directory) do everything")
        }
        guard try file.limit(key, to: unlimited ? nil : policies) != nil else { throw missing }
        Console.error(
            "miyabi: the access key \(key) of \(directory) "
                + (unlimited ? "may do everything" : "has the policies \(policies.map(\.name).joined(separator: ", "))")
        )
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

    @Argument(help: "The ID or the name of the key.")
    var id: String

    @OptionGroup var confirmation: Confirmation

    func run() throws {
        let directory = try options.directory()
        let file = AccessKeyFile(directory: directory)
        let missing = MissingAccessKey(id: id, directory: directory)
        guard let key = try file.keys()?.first(where: { $0.isCalled(id) }) else { throw missing }
        try confirmation.ask(
            "This removes the access key \(id) of \(directory): requests signed with it are refused")
        guard try file.remove(id: key.id) else { throw missing }
        Console.error("miyabi: removed the access key \(id) of \(directory)")
    }
}

/// `miyabi dynamodb policy`.
struct DynamoDBPolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Print an IAM policy for Miyabi's tables: for AWS, or to change it for a key.",
        discussion: """
            Each allows what Miyabi's own code calls, and nothing else:
              application  a service on the library: events, agents, leases, queues, messages, streams
              relay        `miyabi outbox`, and subscriptions to streams
              operator     makes tables, sets their expiry, backs them up; reads no item of them
              read-only    reads everything
            `miyabi dynamodb keys add NAME --policy application` gives a key of the engine the same document.
            """)

    @Argument(
        help: "application, relay, operator or read-only.", completion: .list(MiyabiPolicy.allCases.map(\.rawValue)),
        transform: { text in
            guard let policy = MiyabiPolicy(rawValue: text) else {
                let names = MiyabiPolicy.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(text) is none of \(names).")
            }
            return policy
        })
    var name: MiyabiPolicy

    @Option(help: "The region of the tables.")
    var region = "*"

    @Option(help: "The AWS account of the tables: 12 digits.")
    var account = "*"

    func validate() throws {
        guard account == "*" || account.utf8.count == 12 && account.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw ValidationError("--account must be 12 digits.")
        }
        guard region == "*" || Caller.isRegion(region) else {
            throw ValidationError("--region must be a region's name such as ap-northeast-1.")
        }
    }

    func run() throws { try Console.result(name.document(region: region, account: account)) }
}

/// The data directory has no such key.
private struct MissingAccessKey: Error, CustomStringConvertible {
    let id: String
    let directory: String

    var description: String { "\(directory) has no access key \(id)" }
}

extension KeyPolicy {
    /// The policies of files and names, as they are given on a command line.
    fileprivate static func read(_ references: [String]) throws -> [KeyPolicy] {
        guard references.count <= limit else { throw ValidationError("A key may have \(limit) policies.") }
        var policies: [KeyPolicy] = []
        for reference in references {
            let policy = try read(reference)
            guard !policies.contains(where: { $0.name == policy.name }) else {
                throw ValidationError("Two policies are called \(policy.name).")
            }
            policies.append(policy)
        }
        return policies
    }

    private static func read(_ reference: String) throws -> KeyPolicy {
        if let shipped = MiyabiPolicy(rawValue: reference) {
            return try KeyPolicy(name: shipped.rawValue, document: shipped.document())
        }
        guard let data = FileManager.default.contents(atPath: reference) else {
            let names = MiyabiPolicy.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(reference) is no file that can be read, and none of \(names).")
        }
        guard data.count <= 1 << 20, let document = String(validating: data, as: UTF8.self) else {
            throw ValidationError("\(reference) is no policy: it is too large, or not UTF-8.")
        }
        do {
            return try KeyPolicy(
                name: URL(filePath: reference).deletingPathExtension().lastPathComponent, document: document)
        } catch {
            throw ValidationError("\(reference): \(error.description).")
        }
    }
}

extension String {
    /// JSON on several lines.
    fileprivate func indentedJSON() throws -> String {
        let value = try JSONSerialization.jsonObject(with: Data(utf8))
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
    }
}
