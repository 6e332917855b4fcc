public import FoundationEssentials
public import Logging
public import MiyabiHome
import MiyabiSystem

/// Where the embedded halves listen, and how they protect what is sent to them.
public struct EmbeddedTransport: Sendable {
    /// What they listen on.
    public let addresses: [String]
    /// The file of the certificate that they show, with its key; nil where they speak no TLS.
    public let certificatePath: String?
    /// How clients of this machine check them; nil where they speak no TLS.
    public let tls: ServedTLS?

    /// 127.0.0.1, without TLS.
    public static let plain = EmbeddedTransport(addresses: ["127.0.0.1"], certificatePath: nil, tls: nil)

    init(addresses: [String], certificatePath: String?, tls: ServedTLS?) {
        (self.addresses, self.certificatePath, self.tls) = (addresses, certificatePath, tls)
    }

    /// What settings ask for; makes or renews the certificate.
    ///
    /// - Throws: `plaintext` for an address of others without TLS; `certificate`.
    static func prepare(_ settings: Settings, now: Date, logger: Logger) throws(OperationsError) -> EmbeddedTransport {
        try settings.tls.check()
        let addresses = ListenAddress.all(with: settings.tls.listen)
        guard settings.tls.isOn else { return EmbeddedTransport(addresses: addresses, certificatePath: nil, tls: nil) }
        let store = CertificateStore(settings)
        let update = try store.update(now: now)
        guard let served = try store.served() else {
            throw OperationsError(.certificate, "there is no certificate in \(store.serverPath)")
        }
        if update.hasNewCertificate { logger.info("\(served.sentence)") }
        let host = try CertificateNames(of: served).hostForThisMachine()
        return EmbeddedTransport(
            addresses: addresses, certificatePath: store.serverPath,
            tls: ServedTLS(host: host, authority: store.authorityPath, bundle: store.bundlePath))
    }
}

extension CertificateDescription {
    /// What is logged of a new one.
    package var sentence: String {
        "the certificate of both halves names \(names.joined(separator: ", ")), and ends \(ends.formatted(.iso8601))"
    }
}

/// Keeps the certificate of servers that run fresh, and has them show it without a restart.
///
/// Once a second it looks whether the certificate is due or its files have changed, which costs two system calls.
package struct CertificateRenewal: Sendable {
    private let store: CertificateStore
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameter now: the clock; tests move it.
    package init(_ store: CertificateStore, logger: Logger, now: @escaping @Sendable () -> Date = { Date() }) {
        (self.store, self.logger, self.now) = (store, logger, now)
    }

    /// Goes on until it is not wanted any more.
    ///
    /// - Parameter reload: makes the servers read the certificate's file again.
    package func run(while isWanted: @Sendable () -> Bool, reload: @Sendable () async throws -> Void) async {
        var problem: String?
        var given = givenState
        var served = servedState
        var triedAt = now()
        var mustReload = false
        while isWanted() && !Task.isCancelled {
            // Taken before the files are read: what changes meanwhile is seen the next time.
            let (newGiven, time) = (givenState, now())
            let isReplaced = servedState != served || served == nil
            let isChanged = newGiven != given || isReplaced || mustReload
            // An hour apart the certificate's age matters, in between only what somebody has changed.
            if isChanged || time.timeIntervalSince(triedAt) >= 3600 || time < triedAt {
                do {
                    let update = try store.update(now: time)
                    served = servedState
                    mustReload = mustReload || update.hasNewCertificate || isReplaced
                    if update.hasNewAuthority {
                        logger.warning("the local authority is a new one: give clients elsewhere `miyabi tls ca`")
                    }
                    if mustReload {
                        try await reload()
                        mustReload = false
                        if let certificate = try store.served() { logger.notice("\(certificate.sentence)") }
                    }
                    problem = nil
                } catch {
                    // The servers go on with what they have.
                    let text = "\(error)"
                    if text != problem { logger.error("the certificate cannot be renewed: \(text)") }
                    problem = text
                }
                (given, triedAt) = (newGiven, time)
            }
            await Polling.pause(.seconds(1))
        }
    }

    /// Changes when the certificate's file is replaced; nil while there is none.
    private var servedState: [Int]? { Self.state(store.serverPath) }

    /// Changes when one of the given files is replaced or written to.
    private var givenState: [[Int]?] { [store.given?.certificate, store.given?.key].map { $0.flatMap(Self.state) } }

    private static func state(_ path: String) -> [Int]? {
        Files.status(path, followingLinks: true).map { [Int(truncatingIfNeeded: $0.inode), $0.size, $0.changed] }
    }
}
