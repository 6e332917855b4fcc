import ArgumentParser
import MiyabiDatabase
import MiyabiOperations

/// `miyabi license keys`.
struct LicenseKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List the public keys, the newest first.",
        discussion: """
            With --json: the JSON Web Key Set to hand out. A key that signs no more stays for as long as its licences are to \
            be good.
            """)

    @OptionGroup var options: LicenseKeyOptions

    @Option(help: "Forget this key, which signs no more: its licences are not good any longer.")
    var forget: String?

    @OptionGroup var confirmation: Confirmation

    func run() throws {
        let directory = try options.directory()
        if let forget {
            try confirmation.ask(
                "This removes the key \(forget) from \(directory.path), and its licences are not good any longer")
            try directory.forget(forget)
        }
        let keys = try directory.publicKeys()
        if options.global.json { return try Console.result(try keys.jwks) }
        let signing = try directory.signingKey().publicKey
        for key in keys.keys { try Console.result("\(key)\(key == signing ? "  signs" : "")") }
    }
}
