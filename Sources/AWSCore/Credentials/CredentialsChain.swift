/// Asks one provider after the other, and takes the first credentials found.
public struct CredentialsChain: CredentialsProvider {
    private let providers: [any CredentialsProvider]

    /// Asks the providers in their order.
    public init(_ providers: [any CredentialsProvider]) {
        self.providers = providers
    }

    /// The first credentials found. When there are none, the error tells what every provider said. A provider that is
    /// set up and fails ends the search.
    public func credentials() async throws -> Credentials {
        var messages: [String] = []
        for provider in providers {
            do {
                return try await provider.credentials()
            } catch let error as AWSError where error.code == .credentialsUnavailable {
                messages.append(error.message)
            }
        }
        throw AWSError.unavailable("No credentials found: " + messages.joined(separator: "; "))
    }
}

extension CredentialsProvider where Self == CachedCredentialsProvider {
    /// Where AWS's own tools look, in their order: the environment, a web identity, the profile in the shared files, the
    /// container's endpoint, the instance's metadata. What is found is kept, and refreshed ahead of its end.
    ///
    /// Source: AWS, "Standardized credential providers" in the AWS SDKs and tools reference guide.
    ///
    /// - Parameters:
    ///   - profile: The profile; nil for `AWS_PROFILE`, or else `default`.
    ///   - environment: The environment; nil for the process's own.
    public static func standard(
        profile: String? = nil, environment: [String: String]? = nil
    ) -> CachedCredentialsProvider {
        CachedCredentialsProvider(
            CredentialsChain([
                EnvironmentCredentialsProvider(environment: environment),
                WebIdentityCredentialsProvider(environment: environment),
                ProfileCredentialsProvider(profile: profile, environment: environment),
                ContainerCredentialsProvider(environment: environment),
                InstanceCredentialsProvider(environment: environment),
            ]))
    }
}
