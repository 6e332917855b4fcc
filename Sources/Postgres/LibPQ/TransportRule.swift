import Glibc

/// Which connections are safe on their way: those that stay on this machine, and those to a server that has shown by its
/// certificate that it is the one.
enum TransportRule {
    typealias Options = [(keyword: String, value: String)]

    /// Why the options of one attempt must not be used; nil for none.
    ///
    /// - Parameter options: what libpq gets, with what the environment and a service say; the host's address resolved.
    static func objection(to options: Options) -> String? {
        let host = value("host", options) ?? ""
        let address = value("hostaddr", options) ?? ""
        // Lists are divided before; those that are left libpq refuses.
        if isSocket(host), address.isEmpty { return nil }
        if host.contains(",") || address.contains(",") { return nil }
        if isThisMachine(address.isEmpty ? host : address) { return nil }
        let mode = value("sslmode", options) ?? "prefer"
        guard mode != "verify-full" else { return nil }
        return """
            with sslmode=\(mode) somebody on the way to "\(host.isEmpty ? address : host)" could read or answer what is sent, \
            passwords included: use sslmode=verify-full with the authority's file in sslrootcert (sslrootcert=rds for Amazon \
            RDS), or allow it with MIYABI_ALLOW_PLAINTEXT=1 (allowsPlaintext in code)
            """
    }

    /// TLS 1.2 at least, whatever else is asked for.
    static func minimumVersion(_ options: Options) -> (keyword: String, value: String) {
        let keyword = "ssl_min_protocol_version"
        return (keyword, options.first { $0.keyword == keyword }?.value == "TLSv1.3" ? "TLSv1.3" : "TLSv1.2")
    }

    /// Whether a host or address is this machine's own, whatever name server is asked.
    static func isThisMachine(_ host: String) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, host, &bytes) == 1 { return bytes[0] == 127 }
        if inet_pton(AF_INET6, host, &bytes) == 1 {
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
            return isMapped ? bytes[12] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
        }
        return host == "localhost"
    }

    private static func isSocket(_ host: String) -> Bool {
        host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@")
    }

    private static func value(_ keyword: String, _ options: Options) -> String? {
        options.last { $0.keyword == keyword }?.value
    }
}
