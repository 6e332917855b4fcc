extension JSONReader {
    /// Reads a member's name.
    @inline(__always)
    mutating func key() throws(DynamoDBError) -> JSONKey {
        guard try peek() == UInt8(ascii: "\"") else { throw malformed("expected a member's name") }
        let raw = try rawString()
        return JSONKey(bytes: raw.bytes, unescaped: raw.isEscaped ? try unescape(raw.bytes) : nil, isASCII: raw.isASCII)
    }

    /// The name as a string.
    func string(_ key: JSONKey) throws(DynamoDBError) -> String {
        if let unescaped = key.unescaped { return String(decoding: unescaped, as: UTF8.self) }
        return try string(key.bytes, isASCII: key.isASCII)
    }

    /// Reads a string.
    package mutating func string() throws(DynamoDBError) -> String {
        guard try peek() == UInt8(ascii: "\"") else { throw mismatch("String") }
        let raw = try rawString()
        if raw.isEscaped { return String(decoding: try unescape(raw.bytes), as: UTF8.self) }
        return try string(raw.bytes, isASCII: raw.isASCII)
    }

    /// Reads a string and hands its bytes over, without making a `String`; they may be invalid as UTF-8.
    @inline(__always)
    mutating func withStringBytes<Result>(
        _ type: StaticString,
        _ body: (inout JSONReader, UnsafeBufferPointer<UInt8>) throws(DynamoDBError) -> Result
    ) throws(DynamoDBError) -> Result {
        guard try peek() == UInt8(ascii: "\"") else { throw mismatch(type) }
        let raw = try rawString()
        guard raw.isEscaped else { return try body(&self, raw.bytes) }
        let unescaped = try unescape(raw.bytes)
        return try unescaped.withUnsafeBufferPointer { buffer throws(DynamoDBError) in try body(&self, buffer) }
    }

    @inline(__always)
    private func string(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) throws(DynamoDBError) -> String {
        // Of ASCII nothing needs to be checked, and this initialiser is the cheaper one.
        if isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed("a string is not UTF-8") }
        return text
    }

    /// A string as it lies in the input.
    struct RawString {
        /// What is between the quotation marks.
        let bytes: UnsafeBufferPointer<UInt8>
        /// Whether it holds escapes.
        let isEscaped: Bool
        /// True only for ASCII; it may be false of ASCII too.
        let isASCII: Bool
    }

    /// Finds the end of the string that starts at the position.
    mutating func rawString() throws(DynamoDBError) -> RawString {
        let start = position + 1
        var index = start
        var isEscaped = false
        var seen: UInt64 = 0
        while true {
            index = JSONScan.special(bytes.unsafelyUnwrapped, from: index, to: end, seen: &seen)
            guard index < end else { throw malformed("a string has no end") }
            switch self[index] {
            case UInt8(ascii: "\""):
                position = index + 1
                return RawString(
                    bytes: UnsafeBufferPointer(start: bytes.unsafelyUnwrapped + start, count: index - start),
                    isEscaped: isEscaped, isASCII: seen & JSONScan.tops == 0)
            case UInt8(ascii: "\\"):
                isEscaped = true
                index += 2
            default:
                position = index
                throw malformed("a control character in a string is not escaped")
            }
        }
    }

    /// Replaces escapes by what they stand for.
    private func unescape(_ text: UnsafeBufferPointer<UInt8>) throws(DynamoDBError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            let escape = text[index]
            index += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                let scalar = try scalar(text, &index)
                result.append(contentsOf: String(Character(scalar)).utf8)
            default:
                throw malformed("unknown escape in a string")
            }
        }
        // The result is made a string without further checks where it names a member.
        guard String(validating: result, as: UTF8.self) != nil else { throw malformed("a string is not UTF-8") }
        return result
    }

    /// Reads the digits of a `\u` escape, and of a second one when the first is half of a surrogate pair.
    private func scalar(
        _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) throws(DynamoDBError) -> Unicode.Scalar {
        let first = try codeUnit(text, &index)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 1 < text.count, text[index] == UInt8(ascii: "\\"),
            text[index + 1] == UInt8(ascii: "u")
        else { throw malformed("half of a surrogate pair in a string") }
        index += 2
        let second = try codeUnit(text, &index)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw malformed("half of a surrogate pair in a string") }
        return scalar
    }

    private func codeUnit(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) throws(DynamoDBError) -> UInt16 {
        guard index + 4 <= text.count else { throw malformed("a \\u escape needs four hexadecimal digits") }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = text[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw malformed("a \\u escape needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}

extension String: JSONCodable {
    package static var isPlain: Bool { true }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self = try json.string()
    }

    package func write(to json: inout JSONWriter) {
        json.string(self)
    }
}

/// Looks for the bytes of a string that JSON treats specially.
enum JSONScan {
    /// The top bit of each byte of a word.
    static var tops: UInt64 { 0x8080_8080_8080_8080 }

    /// The index of the next quotation mark, backslash or control character, or `end` or beyond. Every byte passed on
    /// the way is added to `seen`, and perhaps some after it.
    @inline(__always)
    static func special(_ base: UnsafeRawPointer, from start: Int, to end: Int, seen: inout UInt64) -> Int {
        var index = start
        // Eight bytes at a time: a byte that becomes zero, or was below 0x20, borrows into its top bit.
        let ones: UInt64 = 0x0101_0101_0101_0101
        while index &+ 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            let below = (word &- ones &* 0x20) & ~word
            let found = (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | below) & tops
            seen |= word
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < end {
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            seen |= UInt64(byte)
            switch byte {
            case 0x22, 0x5C, 0..<0x20: return index
            default: index &+= 1
            }
        }
        return index
    }
}
