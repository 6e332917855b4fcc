internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// What protects a server's traffic on its way.
public struct TransportSecurity: Sendable {
    private enum Kind {
        case onThisMachine
        case certificate(ServerCertificate)
        case byProxy
    }

    private let kind: Kind

    /// Nothing does: the server listens on loopback addresses only.
    public static let onThisMachine = TransportSecurity(kind: .onThisMachine)
    /// A proxy in front of the server does TLS: the server speaks plain HTTP, on any address.
    public static let byProxy = TransportSecurity(kind: .byProxy)
    /// The server speaks TLS 1.2 and 1.3, and nothing else.
    public static func tls(_ certificate: ServerCertificate) -> TransportSecurity {
        TransportSecurity(kind: .certificate(certificate))
    }

    /// The certificate that is shown; nil for plain HTTP.
    var certificate: ServerCertificate? {
        if case .certificate(let certificate) = kind { certificate } else { nil }
    }

    /// Refuses an address that others reach, if all that they send could be read on the way.
    func check(_ address: SocketAddress) throws(PlaintextAddress) {
        if case .onThisMachine = kind, !address.isLoopback { throw PlaintextAddress() }
    }
}

/// Others could reach the address, and would have to send in clear.
struct PlaintextAddress: Error {}

/// A server's certificate and its key, as it shows them to new connections.
///
/// After ``reload()`` new connections see what the files hold then; those that are open go on.
public final class ServerCertificate: Sendable {
    private let certificatePath: String
    private let keyPath: String
    private let current: Mutex<NIOSSLContext>

    /// Reads both files.
    ///
    /// - Parameters:
    ///   - certificatePath: The server's certificate in PEM, and after it those that lead to its authority.
    ///   - keyPath: The certificate's private key in PEM.
    /// - Throws: ``ServerCertificateError``.
    public init(certificatePath: String, keyPath: String) throws(ServerCertificateError) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        current = Mutex(try Self.context(certificatePath, keyPath))
    }

    /// Reads both files again.
    ///
    /// - Throws: ``ServerCertificateError``; what was read before stays.
    public func reload() throws(ServerCertificateError) {
        let context = try Self.context(certificatePath, keyPath)
        current.withLock { $0 = context }
    }

    /// What a new connection shows.
    var context: NIOSSLContext { current.withLock { $0 } }

    private static func context(_ certificatePath: String, _ keyPath: String) throws(ServerCertificateError)
        -> NIOSSLContext
    {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: keyPath, format: .pem)))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            // Who is to be closed does not keep its place for as long as it likes.
            configuration.shutdownTimeout = .seconds(1)
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServerCertificateError(certificatePath: certificatePath, keyPath: keyPath, detail: "\(error)")
        }
    }
}

/// A certificate and its key cannot be used: a file is missing or no PEM, or the two do not belong together.
public struct ServerCertificateError: Error, Sendable, CustomStringConvertible {
    /// The certificate's file.
    public let certificatePath: String
    /// The key's file.
    public let keyPath: String
    fileprivate let detail: String

    /// A sentence for the operator.
    public var description: String {
        "Cannot use the certificate \(certificatePath) with the key \(keyPath): \(detail)"
    }
}
