import ArgumentParser
import MiyabiDatabase

/// `miyabi license revocations`.
struct LicenseRevocationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revocations",
        abstract: "Print the signed list of revoked licences.",
        discussion: """
            Programs that verify licences elsewhere fetch a new list before the old one expires. A revocation reaches them \
            at the latest when the list that they have expires.
            """)

    @OptionGroup var issuer: LicenseIssuerOptions

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long programs may use this list, up to 366d. Default: 24h.", valueName: "duration"),
        transform: Span.within(.seconds(60) ... .seconds(366 * 86_400)))
    var lifetime: Duration?

    func run() async throws {
        let signer = try issuer.signer()
        let global = issuer.keys.global
        let token = try await global.withRelations {
            try await $0.licenses.revocations(by: signer, lifetime: lifetime ?? .seconds(86_400))
        }
        if global.json { try Console.json(["token": token]) } else { try Console.result(token) }
    }
}
