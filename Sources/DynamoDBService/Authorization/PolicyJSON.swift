/// A JSON value of a policy, as it was written: members keep their order, and none is there twice.
///
/// The codec of requests lets a member stand twice and passes over null. In a policy both would be ignored silently.
enum PolicyJSON: Sendable, Hashable {
    case string(String)
    /// A number, `true`, `false` or `null`, as it was written.
    case word(String)
    case list([PolicyJSON])
    case object([Member])

    struct Member: Sendable, Hashable {
        let name: String
        let value: PolicyJSON
    }

    /// - Throws: ``PolicyError`` for what is no JSON, for a member that is there twice, and for more than 16 levels.
    init(parsing text: String) throws(PolicyError) {
        var parser = Parser(bytes: Array(text.utf8))
        self = try parser.value(depth: 0)
        guard parser.peek() == nil else { throw parser.fault("nothing may follow the document") }
    }

    /// The value without spaces and ends of lines, not even within texts, where they are escaped.
    var compact: String {
        switch self {
        case .string(let text): return Self.quoted(text)
        case .word(let word): return word
        case .list(let values): return "[\(values.map(\.compact).joined(separator: ","))]"
        case .object(let members):
            return "{\(members.map { "\(Self.quoted($0.name)):\($0.value.compact)" }.joined(separator: ","))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{21}"..."\u{7E}": quoted.unicodeScalars.append(scalar)
            default:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return quoted + "\""
    }
}

private struct Parser {
    let bytes: [UInt8]
    var position = 0
    private static let deepest = 16

    init(bytes: [UInt8]) { self.bytes = bytes }

    func fault(_ what: String) -> PolicyError { PolicyError("not JSON, at byte \(position): \(what)") }

    /// The next byte that is no white space.
    mutating func peek() -> UInt8? {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(PolicyError) {
        guard accept(character) else { throw fault("expected '\(character)'") }
    }

    mutating func value(depth: Int) throws(PolicyError) -> PolicyJSON {
        guard depth < Self.deepest else { throw fault("more than \(Self.deepest) levels") }
        switch peek() {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "["):
            position += 1
            var values: [PolicyJSON] = []
            if accept("]") { return .list([]) }
            repeat { values.append(try value(depth: depth + 1)) } while accept(",")
            try expect("]")
            return .list(values)
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        default: return .word(try word())
        }
    }

    private mutating func members(depth: Int) throws(PolicyError) -> [PolicyJSON.Member] {
        position += 1
        var members: [PolicyJSON.Member] = []
        var names: Set<String> = []
        if accept("}") { return [] }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw fault("expected a name") }
            let name = try string()
            guard names.insert(name).inserted else { throw PolicyError("\"\(name)\" is there twice in one object") }
            try expect(":")
            members.append(PolicyJSON.Member(name: name, value: try value(depth: depth + 1)))
        } while accept(",")
        try expect("}")
        return members
    }

    private mutating func word() throws(PolicyError) -> String {
        let start = position
        while position < bytes.count, bytes[position].isWordByte { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        // Of numbers only those that have one form.
        guard ["true", "false", "null"].contains(word) || Int(word).map(String.init) == word || word.isPlainDecimal
        else {
            throw fault("expected a value")
        }
        return word
    }

    private mutating func string() throws(PolicyError) -> String {
        position += 1
        var units: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw fault("a text is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): units += try escape()
            case 0..<0x20: throw fault("a control character in a text")
            default: units.append(byte)
            }
        }
        throw fault("a text does not end")
    }

    private mutating func escape() throws(PolicyError) -> [UInt8] {
        guard position < bytes.count else { throw fault("a text does not end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var units = [try unit()]
            if UTF16.isLeadSurrogate(units[0]) {
                guard bytes[position...].starts(with: "\\u".utf8) else { throw fault("half a character") }
                position += 2
                units.append(try unit())
            }
            guard let text = String(validating: units, as: UTF16.self) else { throw fault("half a character") }
            return Array(text.utf8)
        default: throw fault("an escape that there is not")
        }
    }

    private mutating func unit() throws(PolicyError) -> UInt16 {
        guard position + 4 <= bytes.count else { throw fault("a text does not end") }
        let digits = bytes[position..<position + 4]
        position += 4
        guard digits.allSatisfy(\.isHexadecimal), let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits") }
        return unit
    }
}

extension UInt8 {
    fileprivate var isWordByte: Bool {
        (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) || self == UInt8(ascii: "-")
            || self == UInt8(ascii: ".")
    }

    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x61...0x66).contains(self | 0x20)
    }
}

extension String {
    /// Whether it is digits, a point and digits, perhaps behind a minus sign.
    fileprivate var isPlainDecimal: Bool {
        let parts = (hasPrefix("-") ? dropFirst() : self[...]).split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
