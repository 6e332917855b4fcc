import ArgumentParser
import MiyabiDatabase
import MiyabiOperations

/// `miyabi license keys`.
struct LicenseKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List the public keys, the newest first.",
        discussion: """
            With --json, prints the JSON Web Key Set to distribute. A key that no longer signs stays in it, so that its \
            licences stay valid.
            """)

    @OptionGroup var options: LicenseKeyOptions

    @Option(help: "Remove this key, which no longer signs: the licences it signed become invalid.")
    var forget: String?

    @OptionGroup var confirmation: Confirmation

    func run() throws {
        let directory = try options.directory()
        if let forget {
            try confirmation.ask(
                "This removes the key \(forget) from \(directory.path), and the licences signed with it become invalid")
            try options.directoryToChange().forget(forget)
        }
        let keys = try directory.publicKeys()
        if options.global.json { return try Console.result(try keys.jwks) }
        let signing = try directory.signingKey().publicKey
        for key in keys.keys { try Console.result("\(key)\(key == signing ? "  signs" : "")") }
    }
}
