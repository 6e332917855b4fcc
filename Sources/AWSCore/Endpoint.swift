/// Where requests go: the parts of an `http` or `https` address.
package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    package let isEncrypted: Bool
    /// The host as written in an address: an IPv6 address keeps its brackets.
    package let host: String
    package let port: Int
    /// The path, percent-encoded; `/` at least.
    package let path: String

    /// AWS's own endpoint of a service in a region.
    ///
    /// - Parameter service: The service's name in the host, such as `streams.dynamodb`.
    package static func regional(_ region: String, service: String) throws(AWSError) -> Endpoint {
        let allowed = region.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard allowed, !region.isEmpty else {
            throw AWSError(
                code: .invalidConfiguration,
                message:
                    "The region '\(region)' is not a region's name: use letters, digits and '-', as in ap-northeast-1")
        }
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        return Endpoint(isEncrypted: true, host: "\(service).\(region).\(domain)", port: 443, path: "/")
    }

    private init(isEncrypted: Bool, host: String, port: Int, path: String) {
        self.isEncrypted = isEncrypted
        self.host = host
        self.port = port
        self.path = path
    }

    /// Parses an address such as `http://127.0.0.1:8000`.
    package init(_ address: String) throws(AWSError) {
        let scheme: String
        if address.lowercased().hasPrefix("https://") {
            scheme = "https://"
        } else if address.lowercased().hasPrefix("http://") {
            scheme = "http://"
        } else {
            throw Endpoint.invalid("it must begin with http:// or https://")
        }
        let rest = address.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = String(rest[authority.endIndex...])
        // The address itself is not quoted here: what stands before the '@' may be a password.
        if authority.contains("@") { throw Endpoint.invalid("it must not hold a user or a password") }
        if path.contains("?") || path.contains("#") { throw Endpoint.invalid("it must not hold a query or a fragment") }
        let printable = path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard printable else { throw Endpoint.invalid("its path must be percent-encoded") }

        var host = authority
        var port = scheme == "https://" ? 443 : 80
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = UInt16(authority[authority.index(after: colon)...]), number > 0 else {
                throw Endpoint.invalid("its port must be 1 to 65535")
            }
            port = Int(number)
            host = authority[..<colon]
        }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
        let allowed = bare.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "[") }
        guard !bare.isEmpty, allowed, host.hasPrefix("[") || !host.contains(":") else {
            throw Endpoint.invalid("it has no valid host")
        }
        self.init(
            isEncrypted: scheme == "https://", host: String(host), port: port, path: path.isEmpty ? "/" : path)
    }

    private static func invalid(_ why: String) -> AWSError {
        AWSError(
            code: .invalidConfiguration,
            message: "The endpoint is not an address such as http://127.0.0.1:8000: \(why)")
    }

    /// Whether the host is this machine, whatever name server is asked.
    package var isThisMachine: Bool {
        if host == "[::1]" || host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The value of the `Host` header: the port only when it is not the scheme's own.
    package var hostHeader: String {
        port == (isEncrypted ? 443 : 80) ? host : "\(host):\(port)"
    }

    /// The whole address.
    package var description: String { "\(isEncrypted ? "https" : "http")://\(hostHeader)\(path == "/" ? "" : path)" }
}
