import Crypto

/// A request in the one form that both who signs and who checks arrive at.
///
/// Source: AWS, "Create a canonical request" in the IAM user guide; where it is silent, botocore.
package struct CanonicalRequest {
    let text: String
    /// The names of the headers that are signed, as a signature lists them.
    let signedHeaders: String

    /// - Parameters:
    ///   - path: as it is on the wire.
    ///   - query: as it is on the wire, without the signature itself; empty if there is none.
    ///   - headers: those that are signed: names in lower case and in alphabetical order, each once.
    package init(
        method: String, path: String, query: String = "", headers: [(name: String, value: String)],
        body: UnsafeRawBufferPointer
    ) {
        signedHeaders = headers.map(\.name).joined(separator: ";")
        var hash = SHA256()
        hash.update(bufferPointer: body)
        var text = "\(method)\n\(CanonicalRequest.path(path))\n\(CanonicalRequest.query(query))\n"
        for header in headers { text += "\(header.name):\(CanonicalRequest.value(header.value))\n" }
        self.text = text + "\n\(signedHeaders)\n\(Hexadecimal.encode(hash.finalize()))"
    }

    /// The path without `.`, `..` and empty segments, and percent-encoded once more than on the wire.
    private static func path(_ path: String) -> String {
        if path == "/" || path.isEmpty { return "/" }
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        var text: [UInt8] = []
        for segment in segments {
            text.append(UInt8(ascii: "/"))
            for byte in segment.utf8 {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "~"):
                    text.append(byte)
                default:
                    text.append(contentsOf: "%\(Hexadecimal.encode([byte]).uppercased())".utf8)
                }
            }
        }
        if segments.isEmpty || path.hasSuffix("/") { text.append(UInt8(ascii: "/")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The parameters in the order of their names, then of their values.
    private static func query(_ query: String) -> String {
        if query.isEmpty { return "" }
        let pairs = query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let name = pair.prefix { $0 != "=" }
            return (name: Array(name.utf8), value: Array(pair[name.endIndex...].dropFirst().utf8))
        }
        return pairs.sorted { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value) : left.name.lexicographicallyPrecedes(right.name)
        }
        .map { String(decoding: $0.name, as: UTF8.self) + "=" + String(decoding: $0.value, as: UTF8.self) }
        .joined(separator: "&")
    }

    /// The value without blanks at its ends, and with one blank for several.
    package static func value(_ value: String) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var previous: UInt8 = 0x20
        let needsChange =
            value.utf8.contains { byte in
                defer { previous = byte }
                return byte == 0x09 || byte == 0x20 && previous == 0x20
            } || previous == 0x20
        guard needsChange else { return value }
        return value.utf8.split(whereSeparator: isBlank).map { String(decoding: $0, as: UTF8.self) }.joined(
            separator: " ")
    }
}
