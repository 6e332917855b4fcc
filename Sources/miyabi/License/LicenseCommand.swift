public import ArgumentParser
public import MiyabiDatabase
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// `miyabi license`: who may use which plugin.
struct LicenseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "license",
        abstract: "Issue, verify and revoke licences for plugins.",
        discussion: """
            A licence is a token that anyone with the public keys can verify, without the database. First create a key:
              miyabi license rotate

            Issue a licence for a year, and verify it on another machine:
              miyabi license issue --user aoi@miyabi.example --plugin miyabi-operations-pro --for 365d > aoi.jwt
              miyabi license keys --json > public-keys.json
              miyabi license revocations > revoked.jwt
              miyabi license verify aoi.jwt --plugin miyabi-operations-pro --public-keys public-keys.json \
            --revocations revoked.jwt
            """,
        subcommands: [
            LicenseIssueCommand.self, LicenseShowCommand.self, LicenseVerifyCommand.self, LicenseRevokeCommand.self,
            LicenseListCommand.self,
            LicenseRevocationsCommand.self, LicenseKeysCommand.self, LicenseRotateCommand.self,
        ])
}

/// Which keys sign and verify.
struct LicenseKeyOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "The directory of the keys.", discussion: "Default: secrets/license-keys in the home.",
            valueName: "directory"),
        completion: .directory)
    var keys: String?

    func directory() throws -> LicenseKeyDirectory {
        if let keys { return LicenseKeyDirectory(path: keys) }
        let home = try global.settings.home
        try home.requireAccess()
        guard home.exists else {
            throw OperationsError(
                .unusableHome, "there is no Miyabi home in \(home)",
                advice: "Create it: miyabi up --detach\nOr name a directory for the keys with --keys.")
        }
        return home.licenseKeys
    }

    /// The same, to be changed.
    func directoryToChange() throws -> LicenseKeyDirectory {
        if keys == nil { try global.settings.home.requireOwner() }
        return try directory()
    }
}

/// Who issues licences, and with which keys.
struct LicenseIssuerOptions: ParsableArguments {
    @OptionGroup var keys: LicenseKeyOptions

    @Option(help: "The issuer to write into the tokens.")
    var issuer = LicenseSigner.defaultIssuer

    func signer() throws -> LicenseSigner {
        LicenseSigner(try keys.directory().signingKey(), issuer: issuer)
    }
}

/// A licence as the command line tells it.
struct LicenseReport: Encodable {
    let id: String
    let userID: String
    let pluginID: String
    let tier: String
    let status: String
    let issuedAt: String
    let expiresAt: String?
    let revokedAt: String?
    /// The token, where it was asked for: a list is no place for what lets people in.
    let licenseKey: String?

    init(_ license: License, withKey: Bool = false) {
        id = license.id.lowercased
        userID = license.userID.lowercased
        pluginID = license.pluginID
        tier = license.tier.rawValue
        status = license.status().rawValue
        issuedAt = Timestamp(license.issuedAt).description
        expiresAt = license.expiresAt.map { Timestamp($0).description }
        revokedAt = license.revokedAt.map { Timestamp($0).description }
        licenseKey = withKey ? license.key : nil
    }

    static var table: Table { Table("ID", "STATUS", "PLUGIN", "TIER", "USER", "EXPIRES") }

    func add(to table: inout Table) {
        table.add(id, status, pluginID, tier, userID, revokedAt.map { "revoked \($0)" } ?? expiresAt ?? "never")
    }
}

// The words that options take, by their names.
extension PluginTier: ExpressibleByArgument {}
extension LicenseStatus: ExpressibleByArgument {}
extension LicenseAlgorithm: ExpressibleByArgument {}
