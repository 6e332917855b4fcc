internal import NIOCore
internal import NIOHTTP1

/// A whole request.
struct HTTPRequest: Sendable {
    /// AWS's limit of one body.
    static let bodyLimit = 16 << 20
    /// Bytes of memory that a request takes beside its body.
    static let overhead = 4 << 10

    let head: HTTPRequestHead
    /// As it is on the wire: perhaps compressed.
    let body: ByteBuffer

    var headers: HTTPHeaders { head.headers }
    /// Whether the connection stays open afterwards.
    var keepsAlive: Bool { head.isKeepAlive }
}

extension HTTPRequestHead {
    /// What is before the question mark of the target, as it is on the wire.
    var path: Substring { uri.prefix { $0 != "?" } }
    /// What is after it.
    var query: Substring { uri[path.endIndex...].dropFirst() }

    /// The value of a parameter in the query, without its percent-encoding; the first of several.
    func parameter(_ name: String) -> String? {
        guard uri.utf8.contains(UInt8(ascii: "?")) else { return nil }
        for pair in query.split(separator: "&") where pair.hasPrefix(name) {
            let rest = pair.dropFirst(name.count)
            if rest.isEmpty || rest.hasPrefix("=") { return HTTPRequestHead.decode(rest.dropFirst()) }
        }
        return nil
    }

    private static func decode(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16), rest.count >= 2 {
                bytes.append(code)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

// MARK: - The body, as the head announces it

extension HTTPRequestHead {
    /// The length of the body, where the client tells it before.
    var announcedLength: Int? {
        if let length = headers.first(name: "content-length") { return Int(length) }
        return headers.contains(name: "transfer-encoding") ? nil : 0
    }

    var expectsContinue: Bool {
        headers.first(name: "expect")?.lowercased() == "100-continue"
    }

    /// The most bytes that the request may take with a body of that length.
    func memory(ofBody length: Int) -> Int {
        let plain = HTTPRequest.overhead + length
        guard let coding = headers.first(name: "content-encoding"), length > 0 else { return plain }
        // No data of zlib's become more than 1,032 times as long. What went through two codings is there twice.
        let isNested = coding.contains(",") || headers["content-encoding"].count > 1
        return plain + (isNested ? 2 * HTTPRequest.bodyLimit : min(HTTPRequest.bodyLimit, 1_032 * length))
    }
}
