import ArgumentParser
import Foundation
import MiyabiDatabase
import Postgres

/// `miyabi license issue`.
struct LicenseIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue a licence and print its token.",
        discussion: "Say how long it is valid with one of --until, --for, --unlimited and --trial.")

    @OptionGroup var issuer: LicenseIssuerOptions

    @Option(help: "The user: an id in users, or an e-mail address.")
    var user: String

    @Option(help: "The id of the plugin.")
    var plugin: String

    @Option(
        help: "When the licence expires: 2026-12-01, 2026-12-01T00:00:00Z.", transform: Moment.future)
    var until: Timestamp?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long the licence is valid, from now on: 30d, 365d.", valueName: "duration"),
        transform: Span.within(.seconds(1) ... .seconds(36_525 * 86_400)))
    var term: Duration?

    @Flag(help: "The licence never expires.")
    var unlimited = false

    @Flag(help: "A trial: valid for the plugin's trial period, once for each user.")
    var trial = false

    @Option(help: "The tier. Default: the plugin's.")
    var tier: PluginTier?

    @Option(
        help: "The features that the licence unlocks, as a JSON object. Default: the plugin's.",
        transform: LicenseIssueCommand.object)
    var features: PostgresJSON?

    @Option(
        help: "The limits of use, as a JSON object such as {\"issues_per_month\": 1000}. Default: the plugin's.",
        transform: LicenseIssueCommand.object)
    var limitations: PostgresJSON?

    func validate() throws {
        let terms = [until != nil, term != nil, unlimited, trial].filter { $0 }
        guard terms.count == 1 else {
            throw ValidationError("Name one of --until, --for, --unlimited and --trial.")
        }
        if trial, tier != nil || features != nil || limitations != nil {
            throw ValidationError(
                "--trial cannot be combined with --tier, --features or --limitations: a trial has the plugin's own.")
        }
    }

    func run() async throws {
        let signer = try issuer.signer()
        let global = issuer.keys.global
        let issued = try await global.withRelations("issuing a licence") { try await issue(by: signer, in: $0) }
        do {
            if global.json {
                try Console.json(LicenseReport(issued, withKey: true))
            } else {
                try Console.result(issued.key)
            }
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
                userID: userID, pluginID: plugin, expiresAt: until ?? term.map { now + $0 },
                tier: tier, features: features, limitations: limitations),
            by: signer, at: now)
    }

    private static func object(_ text: String) throws -> PostgresJSON {
        guard (try? JSONSerialization.jsonObject(with: Data(text.utf8))) is [String: Any] else {
            throw ValidationError("expected a JSON object.")
        }
        return PostgresJSON(text)
    }
}
