extension ULID: LosslessStringConvertible {
    /// The number of characters in the text form.
    public static let textLength = 26

    /// Reads the text form. Letters may be of either case; `I`, `L` and `O` are refused, as is a text above the
    /// largest ULID, `7ZZZZZZZZZZZZZZZZZZZZZZZZZ`. Nil for anything but 26 such characters.
    public init?(_ text: String) {
        self.init(text[...])
    }

    /// Reads the text form from part of a string.
    public init?(_ text: Substring) {
        guard text.utf8.count == ULID.textLength else { return nil }
        var bits: UInt128 = 0
        for (position, character) in text.utf8.enumerated() {
            let value = digitValues[Int(character)]
            // 26 characters hold 130 bits: the first may use only three of its five.
            guard value < (position == 0 ? 8 : 32) else { return nil }
            bits = bits << 5 | UInt128(value)
        }
        self.init(bits: bits)
    }

    /// 26 upper-case characters.
    public var description: String {
        String(unsafeUninitializedCapacity: ULID.textLength) { buffer in
            var rest = bits
            for position in stride(from: ULID.textLength - 1, through: 0, by: -1) {
                buffer[position] = digits[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return ULID.textLength
        }
    }
}

/// Crockford's base 32: no I, L, O or U.
private let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

/// The value of each byte as a digit; 255 where it is none.
private let digitValues: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() {
        values[Int(digit)] = UInt8(value)
        if digit >= 0x41 { values[Int(digit) + 0x20] = UInt8(value) }
    }
    return values
}()
