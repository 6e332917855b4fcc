/// Where credentials come from.
public protocol CredentialsProvider: Sendable {
    /// The credentials to sign with now.
    ///
    /// - Throws: ``DynamoDBError`` with `credentialsUnavailable`, whose message tells where was looked.
    func credentials() async throws -> Credentials
}

/// Credentials that are given and never change.
public struct StaticCredentialsProvider: CredentialsProvider {
    private let value: Credentials

    /// Provides these credentials.
    public init(_ credentials: Credentials) {
        value = credentials
    }

    /// The credentials given.
    public func credentials() -> Credentials { value }
}

/// Asks one provider after the other, and takes the first credentials found.
public struct CredentialsChain: CredentialsProvider {
    private let providers: [any CredentialsProvider]

    /// Asks the providers in their order.
    public init(_ providers: [any CredentialsProvider]) {
        self.providers = providers
    }

    /// The environment first, then the shared credentials file.
    public static func standard(profile: String? = nil) -> CredentialsChain {
        CredentialsChain([EnvironmentCredentialsProvider(), SharedFileCredentialsProvider(profile: profile)])
    }

    /// The first credentials found. When there are none, the error tells what every provider said.
    public func credentials() async throws -> Credentials {
        var messages: [String] = []
        for provider in providers {
            do {
                return try await provider.credentials()
            } catch let error as DynamoDBError where error.code == .credentialsUnavailable {
                messages.append(error.message)
            }
        }
        throw DynamoDBError(
            code: .credentialsUnavailable, message: "No credentials found: " + messages.joined(separator: "; "))
    }
}
