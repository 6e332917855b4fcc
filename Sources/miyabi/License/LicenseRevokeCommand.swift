import ArgumentParser
import Foundation
import MiyabiDatabase
import MiyabiHome

/// `miyabi license revoke`.
struct LicenseRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a licence.",
        discussion: """
            The database refuses it at once; programs elsewhere refuse it once they have the next list (miyabi license \
            revocations). It cannot be undone, so it asks first; without a terminal it needs --yes. Revoking it again changes \
            nothing.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The id of the licence, as `miyabi license list` and `verify` print it.",
        transform: UUID.argument)
    var license: UUID

    @Option(help: "The reason, to be recorded.")
    var reason: String?

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try confirmation.ask("This revokes the licence \(license) for good, in \(try global.settings.postgresName)")
        let revoked = try await global.withRelations("revoking a licence") {
            try await $0.licenses.revoke(license, reason: reason)
        }
        let report = LicenseReport(revoked)
        if global.json { return try Console.json(report) }
        try Console.result("revoked \(report.id), \(report.pluginID) of user \(report.userID)")
    }
}

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
