import ArgumentParser
import Foundation
import MiyabiDatabase

/// `miyabi license revoke`.
struct LicenseRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take a licence back.",
        discussion: """
            The database knows at once, programs elsewhere by the next list: miyabi license revocations. Revoking it again \
            changes nothing.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The id of the licence, as `miyabi license list` and `verify` print it.",
        transform: UUID.argument)
    var license: UUID

    @Option(help: "Why.")
    var reason: String?

    func run() async throws {
        let revoked = try await global.withRelations("revoking a licence") {
            try await $0.licenses.revoke(license, reason: reason)
        }
        let report = LicenseReport(revoked)
        try Console.result(global.json ? try report.json : report.text)
    }
}
