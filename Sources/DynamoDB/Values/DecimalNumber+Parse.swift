extension DecimalNumber {
    /// Parses a decimal number from its UTF-8 text: an optional sign, digits with an optional point, and an optional
    /// exponent. Blanks, separators, `NaN` and infinities are faults.
    package init(utf8 text: UnsafeBufferPointer<UInt8>) throws(Fault) {
        var position = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative || text.first == UInt8(ascii: "+") { position = 1 }

        var digits = Digits()
        var sawDigit = false
        var sawPoint = false
        scan: while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                sawDigit = true
                if sawPoint { digits.scale += 1 }
                digits.append(byte &- UInt8(ascii: "0"))
            case UInt8(ascii: ".") where !sawPoint:
                sawPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                break scan
            default:
                throw .notANumber
            }
            position += 1
        }
        guard sawDigit else { throw .notANumber }
        let exponent = position < text.count ? try DecimalNumber.exponent(text[(position + 1)...]) : 0
        try self.init(digits: digits, exponent: exponent, isNegative: isNegative)
    }

    private init(digits: Digits, exponent: Int, isNegative: Bool) throws(Fault) {
        let exponent = exponent + digits.pendingZeros - digits.scale
        // Zero is as large as the power of ten it is written with.
        let magnitude = exponent + max(digits.count, 1) - 1
        if magnitude > DecimalNumber.maximumMagnitude { throw .overflow }
        if magnitude < DecimalNumber.minimumMagnitude { throw .underflow }
        guard digits.count > 0 else {
            self.init(normalizedSignificand: 0, exponent: 0, isNegative: false)
            return
        }
        if digits.count > DecimalNumber.maximumDigits { throw .tooManyDigits }
        self.init(normalizedSignificand: digits.significand, exponent: exponent, isNegative: isNegative)
    }

    /// The digits read so far, without leading zeros and with trailing zeros held back until another digit follows:
    /// so the significand is normalised when the text ends.
    private struct Digits {
        /// The first digits, as long as they fit a word.
        private var word: UInt64 = 0
        /// All digits, once they no longer fit a word.
        private var wide: UInt128 = 0
        /// How many digits the significand has; those after the 38th are counted but not kept.
        private(set) var count = 0
        /// Zeros read since the last digit other than zero.
        private(set) var pendingZeros = 0
        /// Digits read after the point.
        var scale = 0

        var significand: UInt128 { count <= 19 ? UInt128(word) : wide }

        mutating func append(_ digit: UInt8) {
            if digit == 0 {
                if count > 0 { pendingZeros += 1 }
                return
            }
            while pendingZeros > 0 {
                push(0)
                pendingZeros -= 1
            }
            push(digit)
        }

        private mutating func push(_ digit: UInt8) {
            count += 1
            if count <= 19 {
                word = word &* 10 &+ UInt64(digit)
            } else if count <= DecimalNumber.maximumDigits {
                if count == 20 { wide = UInt128(word) }
                wide = wide &* 10 &+ UInt128(digit)
            }
        }
    }

    /// Parses what follows the `e`. Exponents that no digits could bring back into range are clamped; those beyond 64
    /// bits are a fault.
    private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) throws(Fault) -> Int {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard !rest.isEmpty else { throw .notANumber }
        var value: Int64 = 0
        for byte in rest {
            guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else { throw .notANumber }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte &- UInt8(ascii: "0"))
            // Counted downwards, where 64 bits hold one more.
            let (sum, isBeyond) = product.subtractingReportingOverflow(digit)
            guard !isTooLarge, !isBeyond else { throw .notANumber }
            value = sum
        }
        guard isNegative || value != .min else { throw .notANumber }
        let clamped = Int(max(value, -1 << 40))
        return isNegative ? clamped : -clamped
    }
}
