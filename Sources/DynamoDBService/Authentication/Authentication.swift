/// Who may ask a server.
public struct Authentication: Sendable {
    /// The access keys; nil where nobody has to sign. See ``AccessKeyFile``.
    public var keys: AccessKeyFile?
    /// Whether a server without keys may listen where other machines reach it.
    public var allowsUnauthenticated: Bool

    /// Rules with their defaults: any key will do, on loopback addresses.
    public init(keys: AccessKeyFile? = nil, allowsUnauthenticated: Bool = false) {
        self.keys = keys
        self.allowsUnauthenticated = allowsUnauthenticated
    }
}
