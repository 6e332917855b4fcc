/// Where credentials come from.
public protocol CredentialsProvider: Sendable {
    /// The credentials to sign with now.
    ///
    /// - Throws: ``AWSError``: `credentialsUnavailable` when this source is not set up, and `credentialsRefused`
    ///   when it is and gives none. The message tells where was looked.
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
