/// What this library throws: no credentials, or a configuration that cannot be right.
public struct AWSError: Error, Sendable, Hashable {
    /// What went wrong.
    public enum Code: Sendable, Hashable {
        /// A source of credentials is not set up: the next one may be asked.
        case credentialsUnavailable
        /// A source of credentials is set up and gives none: nobody wants another's credentials instead.
        case credentialsRefused
        /// The region or the address of a service is wrong.
        case invalidConfiguration
    }

    /// What went wrong.
    public let code: Code
    /// The same in a sentence. It holds no secrets.
    public let message: String

    /// Makes an error, for a ``CredentialsProvider`` of your own.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// A source of credentials that is not set up.
    static func unavailable(_ message: String) -> AWSError {
        AWSError(code: .credentialsUnavailable, message: message)
    }

    /// A source of credentials that is set up and gives none.
    static func refused(_ message: String) -> AWSError {
        AWSError(code: .credentialsRefused, message: message)
    }
}

extension AWSError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
