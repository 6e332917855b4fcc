/// An AWS access key. Its secret parts never show in descriptions, dumps or errors.
public struct Credentials: Sendable, Hashable {
    /// The access key's ID, which is not secret.
    public let accessKeyID: String
    /// The secret key, for signing only.
    let secretAccessKey: String
    /// The token of temporary credentials.
    let sessionToken: String?

    /// Makes credentials of an access key and, for temporary credentials, their session token.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<redacted>`.
    public var description: String { "<redacted>" }

    /// `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
