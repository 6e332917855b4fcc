/// Credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentialsProvider: CredentialsProvider {
    private let environment: [String: String]

    /// Reads the process's environment, or the one given, once.
    public init(environment: [String: String]? = nil) {
        self.environment = environment ?? Platform.environment
    }

    /// The credentials in the environment. An empty variable counts as not set.
    public func credentials() throws -> Credentials {
        guard let accessKeyID = value("AWS_ACCESS_KEY_ID") else { throw missing("AWS_ACCESS_KEY_ID") }
        guard let secret = value("AWS_SECRET_ACCESS_KEY") else { throw missing("AWS_SECRET_ACCESS_KEY") }
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: value("AWS_SESSION_TOKEN"))
    }

    private func value(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func missing(_ name: String) -> DynamoDBError {
        DynamoDBError(code: .credentialsUnavailable, message: "the environment has no \(name)")
    }
}
