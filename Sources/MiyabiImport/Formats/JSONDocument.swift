import DynamoDB

/// Reads a JSON text (RFC 8259) as an attribute value: objects become maps, arrays lists.
///
/// Numbers keep every digit, up to the 38 that DynamoDB holds. Of several members with one name the last counts. What
/// cannot be stored is refused here, with the place, rather than later with a whole batch: other numbers, more than
/// 32 levels, text that is not UTF-8.
struct JSONDocument {
    /// Why a text is no such JSON.
    struct Fault: Error, CustomStringConvertible {
        let message: String
        /// Bytes from the beginning.
        let offset: Int
        var description: String { "\(message) at byte \(offset + 1)" }
    }

    private static let deepest = 32
    private let bytes: [UInt8]
    private var position = 0

    /// The value of a text that holds nothing else.
    static func parse(_ bytes: [UInt8]) throws(Fault) -> AttributeValue {
        var document = JSONDocument(bytes: bytes)
        let value = try document.value(depth: 0)
        document.skipSpace()
        guard document.position == bytes.count else { throw document.fault("text after the JSON value") }
        return value
    }

    private func fault(_ message: String) -> Fault {
        Fault(message: position >= bytes.count ? "the JSON text ends too early" : message, offset: position)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> AttributeValue {
        skipSpace()
        guard let first = current else { throw fault("no JSON value") }
        switch first {
        case UInt8(ascii: "{"): return .map(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .list(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw fault("no JSON value")
        }
    }

    private mutating func literal(_ text: StaticString, _ value: AttributeValue) throws(Fault) -> AttributeValue {
        let end = position + text.utf8CodeUnitCount
        let matches = text.withUTF8Buffer { end <= bytes.count && bytes[position..<end].elementsEqual($0) }
        guard matches else { throw fault("no JSON value") }
        position = end
        return value
    }

    private mutating func object(depth: Int) throws(Fault) -> Item {
        guard depth <= JSONDocument.deepest else { throw fault("more than \(JSONDocument.deepest) levels") }
        position += 1
        var members: Item = [:]
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault("no member name") }
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw fault("no : after a member name") }
            members[name] = try value(depth: depth)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("neither , nor }") }
        return members
    }

    private mutating func array(depth: Int) throws(Fault) -> [AttributeValue] {
        guard depth <= JSONDocument.deepest else { throw fault("more than \(JSONDocument.deepest) levels") }
        position += 1
        var elements: [AttributeValue] = []
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("neither , nor ]") }
        return elements
    }

    private mutating func digits() throws(Fault) {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw fault("no digit") }
    }

    private mutating func number() throws(Fault) -> DecimalNumber {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        do {
            return try DecimalNumber(parsing: String(decoding: bytes[start..<position], as: UTF8.self))
        } catch {
            throw Fault(message: "a number that DynamoDB cannot hold (\(error))", offset: start)
        }
    }

    private mutating func string() throws(Fault) -> String {
        position += 1
        let start = position
        // Nearly every string is plain: one look for its end, one copy.
        while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        var text = bytes[start..<position]
        while current != UInt8(ascii: "\"") {
            guard let byte = current, byte >= 0x20 else { throw fault("a control character in a string") }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(byte)
                position += 1
            }
        }
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else {
            throw Fault(message: "a string that is not UTF-8", offset: start)
        }
        return string
    }

    private mutating func escape(into text: inout ArraySlice<UInt8>) throws(Fault) {
        position += 1
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[position])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            let scalar = try scalar()
            text.append(contentsOf: Character(scalar).utf8)
            return
        default: throw fault("an unknown escape")
        }
        position += 1
    }

    /// The character of `XXXX` or, for one beyond the basic plane, `XXXX\uXXXX`.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let start = position
        var code = try hexadecimal()
        if (0xD800...0xDBFF).contains(code), current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let low = try hexadecimal()
            code = (0xDC00...0xDFFF).contains(low) ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : code
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw Fault(message: "half of a surrogate pair", offset: start)
        }
        return scalar
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard position + 4 <= bytes.count,
            let text = String(validating: bytes[position..<position + 4], as: UTF8.self),
            text.allSatisfy(\.isHexDigit), let code = UInt32(text, radix: 16)
        else { throw fault("no four hexadecimal digits after \\u") }
        position += 4
        return code
    }
}
