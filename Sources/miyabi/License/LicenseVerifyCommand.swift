import ArgumentParser
import Foundation
import MiyabiDatabase
import MiyabiOperations
import MiyabiSystem
import Postgres

/// `miyabi license verify`.
struct LicenseVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a licence with public keys alone, and print what it says.",
        discussion: """
            Neither half of the database needs to run. Exit code 0 when the licence is good; 3 when it is not, with the \
            reason on standard error.
            """)

    @OptionGroup var keys: LicenseKeyOptions

    @Argument(help: "The file of the token; - is standard input.", completion: .file())
    var file = "-"

    @Option(help: "The id of the plugin that it must be for.")
    var plugin: String

    @Option(
        help: ArgumentHelp("The file of the public keys.", discussion: "Default: those of the key directory."),
        completion: .file())
    var publicKeys: String?

    @Option(
        help: ArgumentHelp(
            "The file of the revoked licences.", discussion: "Without it, a revoked licence is good until it expires."),
        completion: .file())
    var revocations: String?

    @Option(help: "Who must have issued it.")
    var issuer = LicenseSigner.defaultIssuer

    @Option(help: "How many seconds clocks may differ, from 0 to 300.")
    var clockSkew = 60

    func validate() throws {
        guard (0...300).contains(clockSkew) else { throw ValidationError("--clock-skew must be from 0 to 300.") }
    }

    func run() async throws {
        let known =
            try publicKeys.map { try LicenseKeyDirectory.publicKeys(inFile: $0) } ?? keys.directory().publicKeys()
        let verifier = LicenseVerifier(keys: known, issuer: issuer, clockSkew: .seconds(clockSkew))
        let token = try text(of: file)
        let list = try revocations.map(text(of:))
        do {
            var revoked: RevocationList?
            if let list { revoked = try await verifier.revocations(list) }
            try report(try await verifier.verify(token, for: plugin, revocations: revoked))
        } catch let error as LicenseError {
            if keys.global.json { try Console.result(try json(Verdict(good: false, reason: error.reason))) }
            Console.error("miyabi: \(error)")
            throw ExitCode(3)
        }
    }

    private struct Verdict: Encodable {
        var good: Bool
        var reason: String?
        var claims: LicenseClaims?
    }

    private func report(_ claims: LicenseClaims) throws {
        if keys.global.json { return try Console.result(try json(Verdict(good: true, claims: claims))) }
        try Console.result(
            """
            licence      \(claims.id.lowercased)
            plugin       \(claims.pluginID) \(claims.tier.rawValue)
            user         \(claims.userID.lowercased)
            issued       \(claims.issuedAt)
            until        \(claims.expiresAt?.description ?? "for ever")
            features     \(claims.features?.text ?? "-")
            limitations  \(claims.limitations?.text ?? "-")
            """)
    }

    private func json(_ verdict: Verdict) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(verdict), as: UTF8.self)
    }

    private func text(of path: String) throws -> String {
        guard let file = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path) else {
            throw OperationsError(.system, "\(path) cannot be read")
        }
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
