import Crypto
public import FoundationEssentials
public import MiyabiHome
public import MiyabiSystem
import SwiftASN1
import X509

/// The files by which servers speak TLS: a local authority and the certificate that it issues, or a given certificate.
///
/// Two directories, which may be one: what clients need (`authority.pem`, `bundle.pem`), and what nobody else may read
/// (`authority.key`, `server.pem` with the server's chain and key).
public struct CertificateStore: Sendable {
    /// What ``update(now:)`` has done.
    public struct Update: Sendable, Equatable {
        /// `server.pem` is another one: servers have to read it again.
        public var hasNewCertificate = false
        /// There is a new authority: clients have to trust it.
        public var hasNewAuthority = false
    }

    /// The directory of what clients need.
    public let directory: String
    /// The directory of keys.
    public let secrets: String
    /// What the certificate has to name; a given one names what it names.
    public let names: CertificateNames
    /// A certificate of somebody else's authority, to be used instead of one of the local authority.
    public let given: TLSSettings.Files?

    /// The files in two directories; nothing is read or made.
    public init(directory: String, secrets: String, names: CertificateNames, given: TLSSettings.Files? = nil) {
        (self.directory, self.secrets, self.names, self.given) = (directory, secrets, names, given)
    }

    /// Those of a home.
    public init(_ settings: Settings) {
        self.init(
            directory: settings.home.tlsDirectory, secrets: settings.home.tlsSecretsDirectory,
            names: .ofThisMachine(listeningOn: settings.tls.listen), given: settings.tls.files)
    }

    /// The certificate of the local authority, in PEM.
    public var localAuthorityPath: String { directory + "/authority.pem" }
    /// The certificates that clients have to trust: the local authority's, or those that were given.
    public var authorityPath: String {
        given == nil ? localAuthorityPath : given?.authority ?? Self.systemAuthorities
    }
    /// The system's authorities and ours: for programs that trust one file only, and talk to others, too.
    public var bundlePath: String { directory + "/bundle.pem" }
    /// The server's chain and its key.
    public var serverPath: String { secrets + "/server.pem" }
    private var authorityKeyPath: String { secrets + "/authority.key" }

    /// Where Debian keeps the authorities that the system trusts.
    static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    /// Makes what is missing, and renews what ends soon or names something else.
    ///
    /// - Throws: `certificate` for a given certificate that cannot be used; `system`.
    @discardableResult
    public func update(now: Date = Date()) throws(OperationsError) -> Update {
        for directory in [directory, secrets] { try Files.makeDirectory(directory) }
        var update = Update()
        if let given {
            update.hasNewCertificate = try take(given, now: now)
        } else {
            let authority: LocalAuthority
            if let found = try readAuthority(), !found.isDue(now: now) {
                authority = found
            } else {
                authority = try makeAuthority(now: now)
                update.hasNewAuthority = true
            }
            if try !serves(authority, now: now) {
                try Files.write(Self.making { try authority.issue(names, now: now).pem() }, to: serverPath)
                update.hasNewCertificate = true
            }
        }
        try writeBundle()
        return update
    }

    /// The certificate that is served; nil where there is none.
    public func served() throws(OperationsError) -> CertificateDescription? {
        guard let text = try Files.readSecret(serverPath),
            let certificate = try ServerIdentity(certificates: text, key: text).certificate
        else { return nil }
        return CertificateDescription(certificate)
    }

    /// The host by which clients on this machine reach the server; nil where there is no certificate.
    public func usualHost() throws(OperationsError) -> String? {
        guard let served = try served() else { return nil }
        return try CertificateNames(of: served).hostForThisMachine()
    }

    /// Has the running supervisor, or the next one, issue another certificate.
    public func dropServed() throws(OperationsError) { try Files.remove(serverPath) }

    // MARK: - The local authority

    /// Nil where there is none, or its key is gone.
    private func readAuthority() throws(OperationsError) -> LocalAuthority? {
        guard let keyText = try Files.readSecret(authorityKeyPath), let text = Files.read(localAuthorityPath),
            let key = try? P256.Signing.PrivateKey(pemRepresentation: keyText),
            let certificate = try? Certificate(pemEncoded: text),
            certificate.publicKey == Certificate.PublicKey(key.publicKey)
        else { return nil }
        return LocalAuthority(certificate: certificate, key: key)
    }

    private func makeAuthority(now: Date) throws(OperationsError) -> LocalAuthority {
        let authority = try Self.making { try LocalAuthority.make(now: now) }
        let text = try Self.making { try authority.certificate.serializeAsPEM().pemString + "\n" }
        // The key is first: a certificate without it is of no use, and is made again.
        try Files.write(authority.key.pemRepresentation + "\n", to: authorityKeyPath)
        try Files.write(text, to: localAuthorityPath)
        return authority
    }

    private func serves(_ authority: LocalAuthority, now: Date) throws(OperationsError) -> Bool {
        guard let text = try Files.readSecret(serverPath),
            let identity = try? ServerIdentity(certificates: text, key: text), let certificate = identity.certificate
        else { return false }
        return authority.hasIssued(certificate) && !identity.isDue(now: now) && CertificateNames(certificate) == names
    }

    // MARK: - Given files

    private func take(_ given: TLSSettings.Files, now: Date) throws(OperationsError) -> Bool {
        guard let certificates = Files.read(given.certificate) else {
            throw OperationsError(.certificate, "cannot read the certificate \(given.certificate)")
        }
        guard let key = try Files.readSecret(given.key) else {
            throw OperationsError(.certificate, "there is no key \(given.key)")
        }
        guard Files.exists(authorityPath) else {
            throw OperationsError(
                .certificate, "there is no file \(authorityPath) with the authority of the certificate",
                advice: "Name it with --tls-authority or MIYABI_TLS_AUTHORITY.")
        }
        let identity: ServerIdentity
        do throws(OperationsError) {
            identity = try ServerIdentity(certificates: certificates, key: key)
        } catch {
            throw OperationsError(.certificate, "\(given.certificate) and \(given.key) cannot be used: \(error)")
        }
        guard let certificate = identity.certificate, certificate.notValidAfter > now else {
            throw OperationsError(
                .certificate, "the certificate \(given.certificate) has ended",
                advice: "Replace it and its key; a running server reads them again by itself.")
        }
        let text = try Self.making { try identity.pem() }
        if try Files.readSecret(serverPath) == text { return false }
        try Files.write(text, to: serverPath)
        return true
    }

    // MARK: -

    private func writeBundle() throws(OperationsError) {
        let system = Files.read(Self.systemAuthorities) ?? ""
        let own = authorityPath == Self.systemAuthorities ? "" : Files.read(authorityPath) ?? ""
        let text = system + own
        if Files.read(bundlePath) != text { try Files.write(text, to: bundlePath) }
    }

    private static func making<Result>(_ body: () throws -> Result) throws(OperationsError) -> Result {
        do {
            return try body()
        } catch {
            throw OperationsError(.certificate, "cannot make a certificate: \(error)")
        }
    }
}

/// What a certificate says.
public struct CertificateDescription: Codable, Sendable, Equatable {
    /// Whose it is.
    public let subject: String
    /// Who vouches for it.
    public let issuer: String
    /// The hosts and addresses that it names.
    public let names: [String]
    /// Its number, in hexadecimal digits.
    public let serial: String
    /// When it begins.
    public let begins: Date
    /// When it ends.
    public let ends: Date

    init(_ certificate: Certificate) {
        subject = "\(certificate.subject)"
        issuer = "\(certificate.issuer)"
        names = CertificateNames(certificate).all
        serial = certificate.serialNumber.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        begins = certificate.notValidBefore
        ends = certificate.notValidAfter
    }

    /// That of a file's first certificate; nil where there is no such file.
    ///
    /// - Throws: `certificate` for a file that holds none.
    public init?(ofFile path: String) throws(OperationsError) {
        guard let text = Files.read(path) else { return nil }
        guard let certificate = try? Certificate(pemEncoded: text) else {
            throw OperationsError(.certificate, "\(path) holds no certificate in PEM")
        }
        self.init(certificate)
    }
}
