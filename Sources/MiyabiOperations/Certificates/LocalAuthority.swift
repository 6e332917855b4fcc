import Crypto
import FoundationEssentials
import MiyabiSystem
import SwiftASN1
import X509

/// A certificate authority of one home: it vouches for that home's servers and for nothing else.
struct LocalAuthority {
    /// How long an authority lasts: what others were given stays good.
    static let life: TimeInterval = 3650 * day
    /// How long a server's certificate lasts.
    static let serverLife: TimeInterval = 90 * day
    /// Clocks differ: a certificate is good a little before it is made.
    private static let skew: TimeInterval = 300
    private static let day: TimeInterval = 86_400

    let certificate: Certificate
    let key: P256.Signing.PrivateKey

    /// Makes a new one.
    static func make(now: Date) throws -> LocalAuthority {
        let key = P256.Signing.PrivateKey()
        let publicKey = Certificate.PublicKey(key.publicKey)
        // Two authorities of one name would be taken for each other.
        let number = RandomSecret.bytes(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let name = try DistinguishedName {
            OrganizationName("Miyabi Database")
            CommonName("Miyabi local authority \(number)")
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: publicKey, notValidBefore: now - skew,
            notValidAfter: now + life, issuer: name, subject: name,
            extensions: try Certificate.Extensions {
                // It issues certificates of servers, and none of further authorities.
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
                SubjectKeyIdentifier(hash: publicKey)
            },
            issuerPrivateKey: Certificate.PrivateKey(key))
        return LocalAuthority(certificate: certificate, key: key)
    }

    /// Issues a server's certificate with a key of its own. It does not outlast the authority.
    func issue(_ names: CertificateNames, now: Date) throws -> ServerIdentity {
        let key = P256.Signing.PrivateKey()
        let publicKey = Certificate.PublicKey(key.publicKey)
        let authorityKey = try certificate.extensions.subjectKeyIdentifier?.keyIdentifier
        let issued = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: publicKey, notValidBefore: now - Self.skew,
            notValidAfter: min(now + Self.serverLife, certificate.notValidAfter), issuer: certificate.subject,
            subject: try DistinguishedName {
                OrganizationName("Miyabi Database")
                CommonName(names.hosts.last ?? "localhost")
            },
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                names.extensionValue
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(keyIdentifier: authorityKey)
            },
            issuerPrivateKey: Certificate.PrivateKey(self.key))
        return ServerIdentity(chain: [issued], key: .init(key))
    }

    /// Whether a certificate is one that it has issued.
    func hasIssued(_ other: Certificate) -> Bool {
        other.issuer == certificate.subject && certificate.publicKey.isValidSignature(other.signature, for: other)
    }

    /// When it is time for another: no server's certificate would live its whole life.
    func isDue(now: Date) -> Bool {
        certificate.notValidAfter.timeIntervalSince(now) < Self.serverLife || now < certificate.notValidBefore
    }
}

/// A server's certificate, those that lead to its authority, and its private key.
struct ServerIdentity {
    let chain: [Certificate]
    let key: Certificate.PrivateKey

    init(chain: [Certificate], key: Certificate.PrivateKey) {
        (self.chain, self.key) = (chain, key)
    }

    /// Reads PEM; the certificate and the key may be in one text or in two.
    ///
    /// - Throws: `certificate`.
    init(certificates: String, key: String) throws(OperationsError) {
        do {
            chain = try PEMDocument.parseMultiple(pemString: certificates)
                .filter { $0.discriminator == Certificate.defaultPEMDiscriminator }
                .map { try Certificate(pemDocument: $0) }
            let keys = try PEMDocument.parseMultiple(pemString: key)
                .filter { $0.discriminator.hasSuffix("PRIVATE KEY") }
            guard let document = keys.first else {
                throw OperationsError(.certificate, "there is no private key in PEM")
            }
            self.key = try Certificate.PrivateKey(pemDocument: document)
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.certificate, "it is no certificate with its key in PEM: \(error)")
        }
        guard let first = chain.first else { throw OperationsError(.certificate, "there is no certificate in PEM") }
        guard first.publicKey == self.key.publicKey else {
            throw OperationsError(.certificate, "the key does not belong to the certificate")
        }
    }

    /// The chain and the key in one PEM text: as one file, they are replaced in one step.
    func pem() throws -> String {
        let documents = try chain.map { try $0.serializeAsPEM() } + [key.serializeAsPEM()]
        return documents.map(\.pemString).joined(separator: "\n") + "\n"
    }

    /// The server's own certificate.
    var certificate: Certificate? { chain.first }

    /// A certificate is renewed when a third of its life is left.
    func isDue(now: Date) -> Bool {
        guard let certificate else { return true }
        let life = certificate.notValidAfter.timeIntervalSince(certificate.notValidBefore)
        return certificate.notValidAfter.timeIntervalSince(now) < life / 3 || now < certificate.notValidBefore
    }
}
