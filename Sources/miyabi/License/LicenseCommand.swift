import ArgumentParser

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
