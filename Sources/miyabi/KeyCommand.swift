import ArgumentParser
import DynamoDBEngine
import Encryption
import Foundation
import MiyabiHome
import MiyabiSystem

/// `miyabi key`.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Show, copy and change the keys that data and backups are encrypted with.",
        discussion: """
            A home has one master key. It wraps the data keys of the DynamoDB engine, and backups are encrypted and sealed \
            with it. Whoever has lost it has lost the data: keep a copy elsewhere (`miyabi key export`).

            It is in secrets/master-key of the home, unless one of these is in the environment (a .env file does not count): \
            MIYABI_MASTER_KEY_FILE, a file; MIYABI_MASTER_KEY_COMMAND, a command for the shell that prints it, such as a \
            request to a key management service, within 30 s; MIYABI_MASTER_KEY, the key itself. Each is one key a line, \
            the current one first, older ones after it.
            """,
        subcommands: [
            KeyStatusCommand.self, KeyExportCommand.self, KeyCheckCommand.self, KeyRotateCommand.self,
        ],
        defaultSubcommand: KeyStatusCommand.self)
}

/// Whose keys are meant.
struct KeyOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "The data directory of `dynamodb serve`.", discussion: "Default: that of the home.",
            valueName: "directory"),
        completion: .directory)
    var data: String?

    /// The engine's directory.
    func directory() throws -> String {
        if let data { return data }
        let home = try global.settings.home
        try home.requireAccess()
        guard home.exists else {
            throw ValidationError(
                "There is no Miyabi home at \(home). Name one with --home, or a directory with --data.")
        }
        return home.dynamoDBDirectory
    }

    /// The master keys.
    func keys() throws -> HomeKeys {
        if let data { return HomeKeys(file: "\(data)/master-key", source: try KeySource()) }
        return try global.settings.masterKeys
    }

    /// The master keys that there must be.
    func requiredKeys() async throws -> MasterKeys {
        let keys = try keys()
        guard let found = try await keys.keys() else { throw keys.missing }
        return found
    }
}

/// `miyabi key status`.
struct KeyStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the keys by name, and what each still encrypts.")

    @OptionGroup var options: KeyOptions

    private struct Report: Codable {
        var masterKey: String?
        var earlierMasterKeys: [String]
        var dataKeys: [EncryptionCensus.Key]
        var unencryptedFiles: Int
    }

    func run() async throws {
        let census = try EncryptionCensus(of: options.directory())
        let keys = try await options.keys().keys()
        if options.global.json {
            return try Console.json(
                Report(
                    masterKey: keys?.current.id, earlierMasterKeys: keys?.earlier.map(\.id) ?? [],
                    dataKeys: census.keys, unencryptedFiles: census.plainFiles))
        }
        try Console.result("master key  \(keys?.current.id ?? "none")")
        for key in keys?.earlier ?? [] { try Console.result("            earlier: \(key.id)") }
        for (index, key) in census.keys.enumerated() {
            let use = index == 0 ? "for new files" : "earlier"
            try Console.result(
                "data key    \(key.id), \(use): \(key.files) files, \(megabytes(key.bytes)), "
                    + "wrapped by \(key.masterKey)")
        }
        if !census.isEncrypted { try Console.result("data key    none: the data is not encrypted") }
    }
}

/// `miyabi key export`.
struct KeyExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a copy of the master key, to keep apart from the data and its backups.",
        discussion: """
            The one file opens the home's data and all its backups: `miyabi restore --key FILE`. Keep it where the backups \
            are not. Export it again after each `miyabi key rotate --master`.
            """)

    @OptionGroup var options: KeyOptions

    @Argument(help: "The new file, which only you may read; - for standard output.", completion: .file())
    var file: String

    func run() async throws {
        let keys = try await options.requiredKeys()
        guard file != "-" else { return try Console.result(keys.text, terminator: "") }
        guard !Files.exists(file) else { throw ValidationError("\(file) exists already.") }
        try Files.write(keys.text, to: file)
        if options.data == nil { try KeyAdvice.note(keys.current, options.global.settings.home) }
        Console.error("miyabi: wrote the master key \(keys.current.id) to \(file); keep it apart from the backups")
    }
}

/// `miyabi key check`.
struct KeyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check that a copy of the master key opens what is encrypted here.",
        discussion: """
            Exit code 1 if it does not: it is damaged, of another home, or older than the last `miyabi key rotate --master`.
            """)

    @OptionGroup var options: KeyOptions

    @Argument(help: "The file that `miyabi key export` wrote.", completion: .file())
    var file: String

    func run() async throws {
        let copy = try KeySource.require(file)
        if let current = try await options.keys().keys()?.current, copy[current.id] == nil {
            throw OperationsError(
                .key, "\(file) holds the key \(copy.current.id), and the one in use is \(current.id)",
                advice: "Write a new copy: miyabi key export FILE")
        }
        let isEncrypted = try KeyRotation(of: options.directory()).check(copy)
        try Console.result(
            "\(file): the key \(copy.current.id) opens "
                + (isEncrypted ? "the data and its backups" : "the backups; the data is not encrypted"))
    }
}

/// `miyabi key rotate`.
struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Change the data key, or with --master the master key; what runs goes on.",
        discussion: """
            Without --master: new files are encrypted with a new data key, from within seconds on. Files that are there \
            keep theirs until the engine writes them anew; `miyabi key status` shows how much is left, and a key that no file \
            uses any more is forgotten. --rewrite writes all of them anew now, or at the next start.

            With --master: a new master key wraps the data keys, at once; no data is written anew. The old one stays in the \
            key's file, since older backups need it. Write a new copy afterwards: miyabi key export.
            """)

    @OptionGroup var options: KeyOptions

    @Flag(help: "Change the master key.")
    var master = false

    @Flag(help: "Write all files anew with the new data key.")
    var rewrite = false

    func validate() throws {
        guard !(master && rewrite) else { throw ValidationError("--rewrite has no meaning with --master.") }
    }

    func run() async throws {
        let rotation = KeyRotation(of: try options.directory())
        let before = try await options.requiredKeys()
        guard try rotation.check(before) else {
            if master {
                let keys = try await options.keys().rotate()
                return try tell("the master key is \(keys.current.id); only backups are encrypted with it")
            }
            throw OperationsError(.key, "the data is not encrypted: it has no data key")
        }
        if master {
            let keys = try await rotated(before, rotation)
            _ = try rotation.rewrap(keys)
            return try tell("the master key is \(keys.current.id). Write a new copy of it: miyabi key export FILE")
        }
        _ = try rotation.addDataKey(before)
        if rewrite { try rotation.requestRewrite() }
        try tell("new files get a new data key; `miyabi key status` shows how much is left of earlier ones")
    }

    /// A new key where it is in a file; the first of the environment's where somebody has put a new one there.
    private func rotated(_ keys: MasterKeys, _ rotation: KeyRotation) async throws -> MasterKeys {
        switch try options.keys().source {
        case .keys, .command:
            if try rotation.needsRewrapping(keys) { return keys }
        case .file, nil: break
        }
        return try await options.keys().rotate()
    }

    private func tell(_ text: String) throws { Console.error("miyabi: \(text)") }
}
