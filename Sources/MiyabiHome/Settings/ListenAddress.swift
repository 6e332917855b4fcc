import Glibc

/// Addresses that servers listen on, as text.
package enum ListenAddress {
    /// The bytes of an IP address: 4 or 16; nil for what is none.
    package static func bytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }

    /// An IP address of so many bytes, as text.
    package static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
            return nil
        }
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }

    /// Whether nobody but this machine reaches it.
    package static func isLoopback(_ text: String) -> Bool {
        guard let bytes = bytes(text) else { return text == "localhost" }
        return bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// Whether it stands for all addresses of the machine.
    package static func isWildcard(_ text: String) -> Bool { bytes(text)?.allSatisfy { $0 == 0 } == true }

    /// What a server listens on to be reached by this machine and, if one is given, by an address.
    package static func all(with address: String?) -> [String] {
        guard let address, !isLoopback(address) else { return ["127.0.0.1"] }
        return isWildcard(address) ? [address] : ["127.0.0.1", address]
    }
}
