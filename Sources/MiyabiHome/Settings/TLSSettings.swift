public import MiyabiSystem

/// Whether and how the embedded halves speak TLS, and where they listen.
public struct TLSSettings: Sendable, Equatable {
    /// A certificate that somebody else's authority has issued.
    public struct Files: Sendable, Equatable {
        /// The certificate in PEM, and after it those that lead to its authority (`MIYABI_TLS_CERTIFICATE`).
        public var certificate: String
        /// Its private key in PEM (`MIYABI_TLS_KEY`).
        public var key: String
        /// The authority's certificate, for clients (`MIYABI_TLS_AUTHORITY`); nil for one that the system trusts.
        public var authority: String?

        /// Paths of files.
        public init(certificate: String, key: String, authority: String? = nil) {
            (self.certificate, self.key, self.authority) = (certificate, key, authority)
        }
    }

    /// `MIYABI_TLS`: whether both embedded halves speak TLS, and nothing else over TCP; false, or true where files are given.
    public var isOn: Bool
    /// The certificate, where it is not one of the home's own authority.
    public var files: Files?
    /// `MIYABI_LISTEN`: the IP address, besides 127.0.0.1, that both halves listen on; `0.0.0.0` and `::` are all.
    public var listen: String?

    /// No TLS, and 127.0.0.1 only.
    public static let off = TLSSettings(isOn: false)

    private init(isOn: Bool) { self.isOn = isOn }

    init(_ reader: VariableReader, directory: String) throws(OperationsError) {
        func path(_ variable: Variable) -> String? {
            reader.string(variable).map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" }
        }
        switch (path(.tlsCertificate), path(.tlsKey)) {
        case (let certificate?, let key?):
            files = Files(certificate: certificate, key: key, authority: path(.tlsAuthority))
        case (nil, nil): files = nil
        case (_?, nil): throw reader.invalid(.tlsCertificate, allowed: "set together with MIYABI_TLS_KEY")
        case (nil, _?): throw reader.invalid(.tlsKey, allowed: "set together with MIYABI_TLS_CERTIFICATE")
        }
        isOn = try reader.boolean(.tls, default: files != nil)
        if !isOn { files = nil }
        listen = reader.string(.listen)
        if let listen, !Self.isAddress(listen) {
            throw reader.invalid(.listen, allowed: "an IP address of this machine, or 0.0.0.0 for all")
        }
    }

    /// Whether a text is an IP address, as `MIYABI_LISTEN` takes it.
    public static func isAddress(_ text: String) -> Bool { ListenAddress.bytes(text) != nil }

    /// Refuses to listen where others would have to send their data in clear.
    ///
    /// - Throws: `plaintext`.
    public func check() throws(OperationsError) {
        guard let listen, !ListenAddress.isLoopback(listen), !isOn else { return }
        throw OperationsError(
            .plaintext, "other machines could reach \(listen), and everybody on the way could read what they send",
            advice: "Add --tls (or MIYABI_TLS=1), or leave --listen (MIYABI_LISTEN) out to serve this machine only.")
    }
}
