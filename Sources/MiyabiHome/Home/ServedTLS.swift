/// How clients of this machine check the halves that the home's supervisor owns.
public struct ServedTLS: Codable, Sendable, Equatable {
    /// The host in the halves' addresses: one that their certificate names.
    public var host: String
    /// The file of the authority that vouches for the certificate.
    public var authority: String
    /// The same with the system's authorities, for programs that take one file for everything (`AWS_CA_BUNDLE`).
    public var bundle: String

    package init(host: String, authority: String, bundle: String) {
        (self.host, self.authority, self.bundle) = (host, authority, bundle)
    }

    /// The host as URLs write it; 127.0.0.1 without TLS.
    package static func urlHost(_ tls: ServedTLS?) -> String {
        guard let host = tls?.host else { return "127.0.0.1" }
        return host.contains(":") ? "[\(host)]" : host
    }
}
