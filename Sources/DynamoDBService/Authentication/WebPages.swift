internal import DynamoDB
internal import NIOHTTP1

/// Which web pages may ask: those whose origins the operator has named, and no others.
///
/// A page of any site can make a browser send requests to this machine. Where no key is needed, two things tell such
/// requests from those of programs: the origin that browsers name, and the name in the Host header, which is the site's even
/// when the site has made it lead to 127.0.0.1 (DNS rebinding).
package struct WebPages: Sendable {
    let origins: Set<String>

    /// The value of `Access-Control-Allow-Origin` for a request; nil where its page may not ask.
    func allowedOrigin(of head: HTTPRequestHead) -> String? {
        guard !origins.isEmpty, let origin = head.headers.first(name: "origin") else { return nil }
        if origins.contains("*") { return "*" }
        return origins.contains(origin) ? origin : nil
    }

    /// Refuses what a web page has asked for without leave, where everybody else on the machine may ask.
    func refuseStrangers(_ head: HTTPRequestHead) throws(DynamoDBError) {
        for (name, value) in head.headers {
            if name.isName("host") {
                if !Self.isLoopback(value) { throw .foreignHost }
            } else if name.isName("origin"), allowedOrigin(of: head) == nil {
                throw .foreignPage
            }
        }
    }

    /// Whether a host, with or without a port, is this machine whatever name server is asked: RFC 6761 keeps `localhost`
    /// and what is below it.
    package static func isLoopback(_ host: String) -> Bool {
        // Every request comes here, nearly all with one of these two.
        for usual: StaticString in ["127.0.0.1", "localhost"] where host.utf8.starts(with: usual.bytes) {
            if isPort(host.utf8.dropFirst(usual.utf8CodeUnitCount)) { return true }
        }
        if host.hasPrefix("[") { return host.hasPrefix("[::1]") && isPort(host.utf8.dropFirst(5)) }
        let name = host.prefix { $0 != ":" }
        guard isPort(host[name.endIndex...].utf8) else { return false }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts[0] == "127" { return parts.allSatisfy { UInt8($0) != nil } }
        let words = name.lowercased()
        return words == "localhost" || words.hasSuffix(".localhost")
    }

    private static func isPort(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first else { return true }
        return first == UInt8(ascii: ":") && text.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension String {
    /// Whether it is a header's name, given in lower case.
    fileprivate func isName(_ name: StaticString) -> Bool {
        utf8.count == name.utf8CodeUnitCount && zip(utf8, name.bytes).allSatisfy { $0 | 0x20 == $1 }
    }
}

extension StaticString {
    fileprivate var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}

extension HTTPResponse {
    /// Lets a page whose origin is allowed read the answer.
    func allowing(_ pages: WebPages, head: HTTPRequestHead) -> HTTPResponse {
        guard let origin = pages.allowedOrigin(of: head) else { return self }
        var response = self
        response.headers +=
            "access-control-allow-origin: \(origin)\r\naccess-control-expose-headers: x-amzn-requestid, x-amz-crc32\r\n"
        if origin != "*" { response.headers += "vary: origin\r\n" }
        guard head.method == .OPTIONS else { return response }
        for (asked, allowed) in [
            ("access-control-request-headers", "access-control-allow-headers"),
            ("access-control-request-method", "access-control-allow-methods"),
        ] {
            if let value = head.headers.first(name: asked), value.isPrintable {
                response.headers += "\(allowed): \(value)\r\n"
            }
        }
        response.headers += "access-control-max-age: 172800\r\n"
        return response
    }
}

extension DynamoDBError {
    fileprivate static var foreignPage: DynamoDBError {
        DynamoDBError(
            code: .accessDeniedException,
            message: "Web pages may not use this server. Its option --cors allows one by its origin.")
    }

    fileprivate static var foreignHost: DynamoDBError {
        DynamoDBError(
            code: .accessDeniedException,
            message:
                "Without access keys this server answers only to names of this machine, such as localhost or 127.0.0.1, "
                + "and not to the one in the Host header. Use one of these, or give the server access keys.")
    }
}
