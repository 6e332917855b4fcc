/// Base64 as RFC 4648 has it in section 4: with padding, without line breaks.
package enum Base64 {
    /// Why a text is not base64. `description` is AWS's sentence.
    package enum Fault: Error, CustomStringConvertible {
        case length(Int)
        case character
        case lastCharacter

        package var description: String {
            switch self {
            case .length(let count):
                "Base64 encoded length is expected a multiple of 4 bytes but found: \(count)"
            case .character: "Invalid Base64 character"
            // AWS's own spelling.
            case .lastCharacter: "Invalid last non-pad Base64 character dectected"
            }
        }
    }

    private static let padding = UInt8(ascii: "=")

    /// The value of a digit; 0xFF for a byte that is none.
    @inline(__always)
    private static func value(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte &- UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte &- UInt8(ascii: "a") &+ 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0") &+ 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: 0xFF
        }
    }

    /// Decodes a text.
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) throws(Fault) -> [UInt8] {
        guard text.count % 4 == 0 else { throw .length(text.count) }
        guard let last = text.last else { return [] }
        let pads = last != padding ? 0 : text[text.count - 2] != padding ? 1 : 2
        let count = text.count / 4 * 3 - pads
        var faulty = false
        var strayBits = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var seen: UInt8 = 0
            var output = 0
            for start in stride(from: 0, to: text.count, by: 4) {
                let isLast = start + 4 == text.count
                let first = value(text[start])
                let second = value(text[start + 1])
                let third = isLast && pads == 2 ? 0 : value(text[start + 2])
                let fourth = isLast && pads >= 1 ? 0 : value(text[start + 3])
                seen |= first | second | third | fourth
                buffer[output] = first << 2 | second >> 4
                if output + 1 < count { buffer[output + 1] = second << 4 | third >> 2 }
                if output + 2 < count { buffer[output + 2] = third << 6 | fourth }
                output += 3
                // The bits that the padding cuts off must be zero, so that every value has one text.
                if isLast, pads == 1, third & 3 != 0 { strayBits = true }
                if isLast, pads == 2, second & 15 != 0 { strayBits = true }
            }
            faulty = seen > 63
            initialized = count
        }
        if faulty { throw .character }
        if strayBits { throw .lastCharacter }
        return bytes
    }

    private static let digits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// Appends the text of bytes.
    package static func encode(_ source: [UInt8], to bytes: inout [UInt8]) {
        source.withUnsafeBytes { encode($0, to: &bytes) }
    }

    /// Appends the text of bytes.
    package static func encode(_ source: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        let digits = Base64.digits.utf8Start
        var index = 0
        while index + 3 <= source.count {
            let word = UInt32(source[index]) << 16 | UInt32(source[index + 1]) << 8 | UInt32(source[index + 2])
            bytes.append(digits[Int(word >> 18)])
            bytes.append(digits[Int(word >> 12 & 63)])
            bytes.append(digits[Int(word >> 6 & 63)])
            bytes.append(digits[Int(word & 63)])
            index += 3
        }
        let rest = source.count - index
        guard rest > 0 else { return }
        let word = UInt32(source[index]) << 16 | (rest == 2 ? UInt32(source[index + 1]) << 8 : 0)
        bytes.append(digits[Int(word >> 18)])
        bytes.append(digits[Int(word >> 12 & 63)])
        bytes.append(rest == 2 ? digits[Int(word >> 6 & 63)] : padding)
        bytes.append(padding)
    }
}
