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
        abstract: "Verify a licence with the public keys alone, and print its contents.",
        discussion: """
            The database need not run. Exit code 0 if the licence is valid; 3 if it is not, with the reason on standard \
            error.
            """)

    @OptionGroup var keys: LicenseKeyOptions

    @Argument(help: "The file with the token; - for standard input.", completion: .file())
    var file = "-"

    @Option(help: "The id of the plugin that the licence must be for.")
    var plugin: String

    @Option(
        help: ArgumentHelp(
            "The file with the public keys.", discussion: "Default: those in the directory of the keys."),
        completion: .file())
    var publicKeys: String?

    @Option(
        help: ArgumentHelp(
            "The file with the list of `miyabi license revocations`.",
            discussion: "Without it, a revoked licence passes until it expires."),
        completion: .file())
    var revocations: String?

    @Option(help: "The issuer that the licence must name.")
    var issuer = LicenseSigner.defaultIssuer

    @Option(
        help: ArgumentHelp("How far clocks may differ, up to 5m. Default: 60s.", valueName: "duration"),
        transform: Span.within(.zero ... .seconds(300)))
    var clockSkew: Duration?

    func run() async throws {
        let known =
            try publicKeys.map { try LicenseKeyDirectory.publicKeys(inFile: $0) } ?? keys.directory().publicKeys()
        let verifier = LicenseVerifier(keys: known, issuer: issuer, clockSkew: clockSkew ?? .seconds(60))
        let token = try text(of: file)
        let list = try revocations.map(text(of:))
        do {
            var revoked: RevocationList?
            if let list { revoked = try await verifier.revocations(list) }
            try report(try await verifier.verify(token, for: plugin, revocations: revoked))
        } catch let error as LicenseError {
            if keys.global.json { try Console.json(Verdict(good: false, reason: error.reason)) }
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
        if keys.global.json { return try Console.json(Verdict(good: true, claims: claims)) }
        try Console.result(
            """
            licence      \(claims.id.lowercased)
            plugin       \(claims.pluginID) \(claims.tier.rawValue)
            user         \(claims.userID.lowercased)
            issued       \(claims.issuedAt)
            until        \(claims.expiresAt?.description ?? "never expires")
            features     \(claims.features?.json ?? "-")
            limitations  \(claims.limitations?.json ?? "-")
            """)
    }

    private func text(of path: String) throws -> String {
        guard let file = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path) else {
            throw OperationsError(.system, "\(path) cannot be read")
        }
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
