/// Credentials from a profile of the file that the AWS command line keeps.
///
/// Source: AWS, "Configuration and credential file settings" in the AWS CLI user guide.
public struct SharedFileCredentialsProvider: CredentialsProvider {
    private let path: String
    private let profile: String

    /// Reads the file anew at each call, so that keys that were rotated are found.
    ///
    /// - Parameters:
    ///   - path: The file; nil for `AWS_SHARED_CREDENTIALS_FILE`, or else `~/.aws/credentials`.
    ///   - profile: The profile; nil for `AWS_PROFILE`, or else `default`.
    public init(path: String? = nil, profile: String? = nil) {
        let environment = Platform.environment
        let fallback = (environment["HOME"] ?? "") + "/.aws/credentials"
        self.path = path ?? environment["AWS_SHARED_CREDENTIALS_FILE"] ?? fallback
        self.profile = profile ?? environment["AWS_PROFILE"] ?? "default"
    }

    /// The profile's credentials.
    public func credentials() throws -> Credentials {
        guard let text = Platform.text(ofFile: path) else {
            throw unavailable("\(path) cannot be read")
        }
        guard let section = CredentialsFile(text).profiles[profile] else {
            throw unavailable("\(path) has no profile '\(profile)'")
        }
        guard let accessKeyID = section["aws_access_key_id"], let secret = section["aws_secret_access_key"] else {
            throw unavailable(
                "profile '\(profile)' of \(path) lacks aws_access_key_id or aws_secret_access_key")
        }
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: section["aws_session_token"])
    }

    private func unavailable(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .credentialsUnavailable, message: message)
    }
}
