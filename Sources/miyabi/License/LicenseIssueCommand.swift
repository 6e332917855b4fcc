import ArgumentParser
import Foundation
import MiyabiDatabase
import Postgres

/// `miyabi license issue`.
struct LicenseIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue a licence and print its token.",
        discussion: "What is not named is the plugin's at this moment: tier, features, limitations.")

    @OptionGroup var issuer: LicenseIssuerOptions

    @Option(help: "The id of a row of users, or an e-mail address.")
    var user: String

    @Option(help: "The id of the plugin.")
    var plugin: String

    @Option(
        help: "From when on it is good no more: 2026-12-01, 2026-12-01T00:00:00Z.",
        transform: LicenseIssueCommand.moment)
    var until: Timestamp?

    @Option(help: "For how many days it is good.")
    var days: Int?

    @Flag(help: "For ever.")
    var unlimited = false

    @Flag(help: "For the plugin's trial period, once for each user.")
    var trial = false

    @Option(help: "What it is sold as.")
    var tier: PluginTier?

    @Option(help: "What it lets one do: a JSON object.", transform: LicenseIssueCommand.object)
    var features: PostgresJSON?

    @Option(
        help: "How much of it: a JSON object such as {\"issues_per_month\": 1000}.",
        transform: LicenseIssueCommand.object)
    var limitations: PostgresJSON?

    func validate() throws {
        let terms = [until != nil, days != nil, unlimited, trial].filter { $0 }
        guard terms.count == 1 else {
            throw ValidationError("Name one of --until, --days, --unlimited and --trial.")
        }
        if let days, !(1...36_525).contains(days) { throw ValidationError("--days must be from 1 to 36525.") }
        if trial, tier != nil || features != nil || limitations != nil {
            throw ValidationError(
                "--trial takes no --tier, --features and --limitations: it is for the plugin as it is.")
        }
    }

    func run() async throws {
        let signer = try issuer.signer()
        let global = issuer.keys.global
        let issued = try await global.withRelations("issuing a licence") { try await issue(by: signer, in: $0) }
        do {
            try Console.result(global.json ? try LicenseReport(issued, withKey: true).json : issued.key)
        } catch {
            Console.error(
                "miyabi: the licence \(issued.id.lowercased) is issued; print its token: "
                    + "miyabi license show \(issued.id.lowercased)")
            throw error
        }
    }

    private func issue(by signer: LicenseSigner, in relations: Relations) async throws -> License {
        let userID = try await relations.userID(named: user)
        if trial { return try await relations.licenses.issueTrial(of: plugin, to: userID, by: signer) }
        let now = Timestamp.now()
        return try await relations.licenses.issue(
            .init(
                userID: userID, pluginID: plugin, expiresAt: until ?? days.map { now + .seconds($0 * 86_400) },
                tier: tier, features: features, limitations: limitations),
            by: signer, at: now)
    }

    private static func moment(_ text: String) throws -> Timestamp {
        guard let moment = Timestamp(iso8601: text) else {
            throw ValidationError("\(text.debugDescription) is no time such as 2026-12-01 or 2026-12-01T00:00:00Z.")
        }
        return moment
    }

    private static func object(_ text: String) throws -> PostgresJSON {
        guard (try? JSONSerialization.jsonObject(with: Data(text.utf8))) is [String: Any] else {
            throw ValidationError("\(text.debugDescription) is no JSON object.")
        }
        return PostgresJSON(text)
    }
}
