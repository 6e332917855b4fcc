/// Credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentialsProvider: CredentialsProvider {
    private let environment: [String: String]

    /// Reads the process's environment, or the one given, once.
    public init(environment: [String: String]? = nil) {
        self.environment = environment ?? Platform.environment
    }

    /// The credentials in the environment. An empty variable counts as not set.
    public func credentials() throws -> Credentials {
        guard let accessKeyID = environment.value("AWS_ACCESS_KEY_ID") else {
            throw DynamoDBError.noCredentials("the environment has no AWS_ACCESS_KEY_ID")
        }
        guard let secret = environment.value("AWS_SECRET_ACCESS_KEY") else {
            throw DynamoDBError.noCredentials("the environment has no AWS_SECRET_ACCESS_KEY")
        }
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: environment.value("AWS_SESSION_TOKEN"))
    }
}
