import AWSCore
package import MiyabiSystem

/// A credentials file in AWS's format with one profile, which is also where Miyabi keeps the access key of an engine it
/// owns. Every AWS SDK finds it by `AWS_SHARED_CREDENTIALS_FILE` and `AWS_PROFILE`, so that no secret is printed or copied,
/// and nobody's own AWS keys are overwritten.
///
/// <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>
package struct CredentialsFile: Sendable {
    /// The one profile.
    package static let profile = "miyabi"
    package let path: String

    package init(path: String) { self.path = path }

    /// The key in the file, or nil where there is no such file.
    ///
    /// - Throws: `system` for a file that others may read or write.
    package func key() throws(OperationsError) -> (id: String, secret: String)? {
        guard let text = try Files.readSecret(path), let profile = SharedFileText(text).sections[Self.profile],
            let id = profile["aws_access_key_id"], let secret = profile["aws_secret_access_key"]
        else { return nil }
        return (id, secret)
    }

    /// Replaces the file, for its owner's eyes only.
    package func write(id: String, secret: String) throws(OperationsError) {
        let lines = ["[\(Self.profile)]", "aws_access_key_id = \(id)", "aws_secret_access_key = \(secret)", ""]
        try Files.write(lines.joined(separator: "\n"), to: path)
    }

    /// What leads AWS's SDKs and tools to the file.
    package var environment: [(name: String, value: String)] {
        [("AWS_SHARED_CREDENTIALS_FILE", path), ("AWS_PROFILE", Self.profile)]
    }
}
