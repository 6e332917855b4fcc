import ArgumentParser

/// `miyabi license`: who may use which plugin.
struct LicenseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "license",
        abstract: "Issue, verify and revoke licences for plugins.",
        discussion: """
            A licence is a token that whoever has the public keys verifies, without the database. The first key:
              miyabi license rotate

            A licence of a year, and how a program far away verifies it:
              miyabi license issue --user aoi@miyabi.example --plugin miyabi-operations-pro --days 365 > aoi.jwt
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
