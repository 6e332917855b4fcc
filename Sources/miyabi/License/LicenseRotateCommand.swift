import ArgumentParser
import MiyabiDatabase
import MiyabiOperations

/// `miyabi license rotate`.
struct LicenseRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Create the signing key, or replace it with a new one.",
        discussion: """
            Licences signed with the old key stay valid: its public key is kept, its private key is deleted. Distribute the \
            public keys again before you issue the next licence: miyabi license keys --json
            """)

    @OptionGroup var options: LicenseKeyOptions

    @Option(help: "The signature algorithm.")
    var algorithm = LicenseAlgorithm.edDSA

    func run() throws {
        let key = try options.directoryToChange().rotate(algorithm)
        if options.global.json {
            return try Console.json(["alg": key.algorithm.rawValue, "kid": key.kid])
        }
        try Console.result("\(key)  signs")
    }
}
