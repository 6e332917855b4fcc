import ArgumentParser
import MiyabiDatabase

/// `miyabi license revocations`.
struct LicenseRevocationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revocations",
        abstract: "Print the signed list of revoked licences.",
        discussion: """
            Programs that verify licences far away fetch it again before it is too old. How long they may rely on it is how \
            late a revocation may come into force.
            """)

    @OptionGroup var issuer: LicenseIssuerOptions

    @Option(help: "How many hours programs may rely on it, from 1 to 8784.")
    var hours = 24

    func validate() throws {
        guard (1...8784).contains(hours) else { throw ValidationError("--hours must be from 1 to 8784.") }
    }

    func run() async throws {
        let signer = try issuer.signer()
        let global = issuer.keys.global
        let token = try await global.withRelations {
            try await $0.licenses.revocations(by: signer, lifetime: .seconds(hours * 3_600))
        }
        try Console.result(global.json ? #"{"token":"\#(token)"}"# : token)
    }
}
