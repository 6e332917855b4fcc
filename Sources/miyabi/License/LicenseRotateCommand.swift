import ArgumentParser
import MiyabiDatabase
import MiyabiOperations

/// `miyabi license rotate`.
struct LicenseRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make a new key that signs from now on, the first one or in place of the old one.",
        discussion: """
            What the old key signed stays good: its public key stays, its private one is gone. Hand out the public keys anew \
            before the next licence: miyabi license keys --json
            """)

    @OptionGroup var options: LicenseKeyOptions

    @Option(help: "How it signs.")
    var algorithm = LicenseAlgorithm.edDSA

    func run() throws {
        let key = try options.directory().rotate(algorithm)
        try Console.result(
            options.global.json
                ? #"{"alg":"\#(key.algorithm.rawValue)","kid":"\#(key.kid)"}"# : "\(key)  signs")
    }
}
