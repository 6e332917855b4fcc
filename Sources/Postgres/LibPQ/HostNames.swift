import CLibPQ
import Glibc

/// The system's name resolution. It blocks.
enum HostNames {
    /// The numeric addresses of `host` in the system's order of preference.
    /// - Throws: `PostgresError` with code `.connectFailed`.
    static func resolve(_ host: String) throws -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &first)
        guard code == 0 else {
            let reason = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
            throw PostgresError(.connectFailed, "could not translate host name \"\(host)\" to address: \(reason)")
        }
        defer { freeaddrinfo(first) }

        var addresses: [String] = []
        var next = first
        while let entry = next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            let address = text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
            if code == 0, !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        guard !addresses.isEmpty else {
            throw PostgresError(.connectFailed, "host name \"\(host)\" has no address")
        }
        return addresses
    }
}
