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
            throw AWSError.unavailable("the environment has no AWS_ACCESS_KEY_ID")
        }
        guard let secret = environment.value("AWS_SECRET_ACCESS_KEY") else {
            throw AWSError.unavailable("the environment has no AWS_SECRET_ACCESS_KEY")
        }
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: environment.value("AWS_SESSION_TOKEN"))
    }
}

/// Credentials of a role for whoever holds an identity provider's token, as in EKS: `AWS_WEB_IDENTITY_TOKEN_FILE`,
/// `AWS_ROLE_ARN` and `AWS_ROLE_SESSION_NAME`. The file is read at each call, since the token in it is replaced.
///
/// Source: AWS, "Assume role credential provider" in the AWS SDKs and tools reference guide.
public struct WebIdentityCredentialsProvider: CredentialsProvider {
    private let environment: [String: String]

    /// Reads the process's environment, or the one given.
    public init(environment: [String: String]? = nil) {
        self.environment = environment ?? Platform.environment
    }

    /// The role's credentials.
    public func credentials() async throws -> Credentials {
        guard let path = environment.value("AWS_WEB_IDENTITY_TOKEN_FILE") else {
            throw AWSError.unavailable("the environment has no AWS_WEB_IDENTITY_TOKEN_FILE")
        }
        guard let role = environment.value("AWS_ROLE_ARN") else {
            throw AWSError.refused("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")
        }
        let service = SecurityTokenService(environment: environment, region: nil)
        return try await service.assume(
            Role(arn: role, session: environment.value("AWS_ROLE_SESSION_NAME")), withTokenIn: path)
    }
}
