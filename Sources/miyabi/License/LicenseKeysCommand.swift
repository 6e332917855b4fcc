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

/// `miyabi license rotate`.
struct LicenseRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Create the signing key, or replace it with a new one.",
        discussion: """
            Licences signed with the old key stay valid: its public key is kept, its private key is deleted. Distribute the \
            public keys again before you issue the next licence: miyabi license keys --json

            It asks before it deletes the old private key; without a terminal it needs --yes. The first key needs neither.
            """)

    @OptionGroup var options: LicenseKeyOptions

    @Option(help: "The signature algorithm.")
    var algorithm = LicenseAlgorithm.edDSA

    @OptionGroup var confirmation: Confirmation

    func run() throws {
        let directory = try options.directoryToChange()
        if directory.hasSigningKey {
            try confirmation.ask(
                "This deletes the private key that signs licences in \(directory.path), and creates a new one")
        }
        let key = try directory.rotate(algorithm)
        if options.global.json {
            return try Console.json(["alg": key.algorithm.rawValue, "kid": key.kid])
        }
        try Console.result("\(key)  signs")
    }
}
