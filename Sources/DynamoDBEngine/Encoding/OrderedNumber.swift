internal import DynamoDB

/// The order-preserving form of a number, used in keys and in items alike.
///
/// A number is digits in base 100, aligned so that the exponent E of the first is a power of 100 (-65 to 62).
/// - Positive: `0xC1 + E`, each digit + 1, then `00`.
/// - Zero: `80 00`, just below the smallest positive number, whose first digit byte is at least 2.
/// - Negative: every byte complemented, so that a greater magnitude sorts lower.
///
/// It has one byte more than AWS accounts for a positive number, and as many for a negative one.
extension DecimalNumber {
    private static let bias = 0xC1

    /// Appends the ordered form: 2 to 22 bytes.
    func appendOrdered(to bytes: inout [UInt8]) {
        guard !isZero else {
            bytes.append(0x80)
            bytes.append(0)
            return
        }
        withBase100Digits { digits, exponent in
            let flip: UInt8 = isNegative ? 0xFF : 0
            bytes.append(UInt8(truncatingIfNeeded: DecimalNumber.bias + exponent) ^ flip)
            for digit in digits { bytes.append((digit + 1) ^ flip) }
            bytes.append(flip)
        }
    }

    /// Calls `body` with the base-100 digits, most significant first, and the first one's power of 100.
    private func withBase100Digits<Result>(_ body: (UnsafeMutableBufferPointer<UInt8>.SubSequence, Int) -> Result)
        -> Result
    {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var start = buffer.count
            func prepend(_ digit: UInt8) {
                start -= 1
                buffer[start] = digit
            }
            let exponent = Int(exponent)
            var rest = significand
            let lowest = exponent >> 1
            if exponent & 1 != 0 {
                prepend(UInt8(truncatingIfNeeded: rest % 10) * 10)
                rest /= 10
            }
            while rest > UInt128(UInt64.max) {
                let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 100)
                prepend(UInt8(truncatingIfNeeded: remainder))
                rest = quotient
            }
            var word = UInt64(truncatingIfNeeded: rest)
            while word > 0 {
                prepend(UInt8(truncatingIfNeeded: word % 100))
                word /= 100
            }
            let digits = buffer[start...]
            return body(digits, lowest + digits.count - 1)
        }
    }

    /// Reads back what ``appendOrdered(to:)`` wrote.
    init(ordered bytes: UnsafeRawBufferPointer) throws(StoredDataError) {
        guard bytes.count >= 2 else { throw .truncated }
        if bytes.count == 2, bytes[0] == 0x80, bytes[1] == 0 {
            self = .zero
            return
        }
        let isNegative = bytes[0] < 0x80
        let flip: UInt8 = isNegative ? 0xFF : 0
        let count = bytes.count - 2
        guard count >= 1, count <= 20, bytes[bytes.count - 1] == flip else { throw .malformed }
        var exponent = (Int(bytes[0] ^ flip) - DecimalNumber.bias - (count - 1)) * 2
        var significand: UInt128 = 0
        for index in 1...count {
            let digit = (bytes[index] ^ flip) &- 1
            guard digit < 100 else { throw .malformed }
            if index == count, digit % 10 == 0 {
                significand = significand &* 10 &+ UInt128(digit / 10)
                exponent += 1
            } else {
                significand = significand &* 100 &+ UInt128(digit)
            }
        }
        do {
            try self.init(significand: significand, exponent: exponent, isNegative: isNegative)
        } catch {
            throw .malformed
        }
    }
}
