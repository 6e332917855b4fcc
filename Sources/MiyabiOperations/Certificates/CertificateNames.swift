import Glibc
import MiyabiHome
public import MiyabiSystem
import SwiftASN1
import X509

/// What a server's certificate names: clients compare it with the host in their address.
public struct CertificateNames: Sendable, Equatable {
    /// Host names.
    public var hosts: [String]
    /// IP addresses, of version 4 or 6, as text.
    public var addresses: [String]

    /// Names that are given.
    public init(hosts: [String], addresses: [String]) {
        (self.hosts, self.addresses) = (hosts, addresses)
    }

    /// This machine, from itself and from elsewhere: its loopback names, its host name, and the address that it listens on
    /// (all of its addresses for `0.0.0.0` and `::`).
    package static func ofThisMachine(listeningOn address: String? = nil) -> CertificateNames {
        var names = CertificateNames(hosts: ["localhost"], addresses: ["127.0.0.1", "::1"])
        if let host = hostName() { names.hosts.append(host) }
        let more = address.map { ListenAddress.isWildcard($0) ? interfaceAddresses() : [$0] } ?? []
        for address in more where !names.addresses.contains(address) { names.addresses.append(address) }
        return names
    }

    /// Both kinds in one list.
    public var all: [String] { hosts + addresses }

    /// The machine's name, if it can stand in a certificate.
    private static func hostName() -> String? {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
        let name = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }.lowercased()
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        return isName && !name.isEmpty && name != "localhost" ? name : nil
    }

    private static func interfaceAddresses() -> [String] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        var found: Set<String> = []
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let address = entry.ifa_addr, entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0 else { continue }
            let size: Int
            switch Int32(address.pointee.sa_family) {
            case AF_INET: size = MemoryLayout<sockaddr_in>.size
            case AF_INET6: size = MemoryLayout<sockaddr_in6>.size
            default: continue
            }
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(address, socklen_t(size), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            guard code == 0 else { continue }
            let name = text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
            // An address that only one network card knows is no address for others.
            if !name.contains("%"), ListenAddress.bytes(name) != nil { found.insert(name) }
        }
        return found.sorted()
    }
}

extension CertificateNames {
    /// As a certificate says it.
    var extensionValue: SubjectAlternativeNames {
        let octets = addresses.compactMap { ListenAddress.bytes($0) }
        return SubjectAlternativeNames(
            hosts.map { .dnsName($0) } + octets.map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) })
    }

    /// What a certificate says.
    init(_ certificate: Certificate) {
        self.init(hosts: [], addresses: [])
        for name in (try? certificate.extensions.subjectAlternativeNames) ?? SubjectAlternativeNames() {
            switch name {
            case .dnsName(let host): hosts.append(host)
            case .ipAddress(let octets): ListenAddress.text(Array(octets.bytes)).map { addresses.append($0) }
            default: break
            }
        }
    }

    /// What a certificate is described to name.
    init(of description: CertificateDescription) {
        self.init(
            hosts: description.names.filter { ListenAddress.bytes($0) == nil },
            addresses: description.names.filter { ListenAddress.bytes($0) != nil })
    }

    /// The name by which this machine reaches itself: 127.0.0.1 where it is among them.
    ///
    /// - Throws: `certificate` where there is none but patterns.
    func hostForThisMachine() throws(OperationsError) -> String {
        if addresses.contains("127.0.0.1") { return "127.0.0.1" }
        if hosts.contains("localhost") { return "localhost" }
        guard let host = hosts.first(where: { !$0.contains("*") }) ?? addresses.first else {
            throw OperationsError(
                .certificate, "the certificate names no host by which clients could reach this server",
                advice: "Use one with a subject alternative name, such as this machine's host name.")
        }
        return host
    }
}
