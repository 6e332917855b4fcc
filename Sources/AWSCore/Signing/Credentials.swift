/// An AWS access key. Its secret parts never show in descriptions, dumps or errors.
public struct Credentials: Sendable, Hashable {
    /// The access key's ID, which is not secret.
    public let accessKeyID: String
    /// The secret key, for signing only.
    let secretAccessKey: String
    /// The token of temporary credentials.
    let sessionToken: String?
    /// When temporary credentials end, in seconds since 1970; nil for those that do not.
    public let expiration: Int?

    /// Makes credentials of an access key and, for temporary credentials, their session token and their end in seconds
    /// since 1970.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Int? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
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

extension Credentials {
    /// Whether they open nothing: one text as ID and secret stands for "any key", for servers that ask for none.
    package var areStandIn: Bool { accessKeyID == secretAccessKey && sessionToken == nil }
}
