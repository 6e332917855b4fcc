internal import NIOCore
internal import NIOHTTP1

/// A whole request.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    /// As it is on the wire: perhaps compressed.
    let body: ByteBuffer

    var method: String { head.method.rawValue }
    var headers: HTTPHeaders { head.headers }
    /// Whether the connection stays open afterwards.
    var keepsAlive: Bool { head.isKeepAlive }

    /// What is before the question mark of the target, as it is on the wire.
    var path: Substring { head.uri.prefix { $0 != "?" } }
    /// What is after it.
    var query: Substring { head.uri[path.endIndex...].dropFirst() }

    /// The value of a parameter in the query, without its percent-encoding; the first of several.
    func parameter(_ name: String) -> String? {
        guard head.uri.utf8.contains(UInt8(ascii: "?")) else { return nil }
        for pair in query.split(separator: "&") where pair.hasPrefix(name) {
            let rest = pair.dropFirst(name.count)
            if rest.isEmpty || rest.hasPrefix("=") { return HTTPRequest.decode(rest.dropFirst()) }
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
