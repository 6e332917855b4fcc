import ArgumentParser
import Foundation
import MiyabiDatabase

/// `miyabi license revoke`.
struct LicenseRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a licence.",
        discussion: """
            The database refuses it at once; programs elsewhere refuse it once they have the next list (miyabi license \
            revocations). Revoking it again changes nothing.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The id of the licence, as `miyabi license list` and `verify` print it.",
        transform: UUID.argument)
    var license: UUID

    @Option(help: "The reason, to be recorded.")
    var reason: String?

    func run() async throws {
        let revoked = try await global.withRelations("revoking a licence") {
            try await $0.licenses.revoke(license, reason: reason)
        }
        let report = LicenseReport(revoked)
        if global.json { return try Console.json(report) }
        try Console.result("revoked \(report.id), \(report.pluginID) of user \(report.userID)")
    }
}
