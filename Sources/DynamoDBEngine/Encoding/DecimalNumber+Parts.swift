internal import DynamoDB

/// A number taken apart: ± `digits` × 10^`exponent`, where the digits do not end in a zero.
///
/// The parts themselves are private to the `DynamoDB` module. Integers are converted as such, other numbers through
/// their text.
extension DecimalNumber {
    /// The digits as an integer and the power of ten of the last one; (0, 0) for zero.
    var parts: (digits: UInt128, exponent: Int) {
        guard let integer = Int64(exactly: self) else { return partsOfText }
        var digits = integer.magnitude
        var exponent = 0
        while digits != 0, digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        return (UInt128(digits), exponent)
    }

    private var partsOfText: (digits: UInt128, exponent: Int) {
        var text: [UInt8] = []
        append(to: &text)
        var digits: UInt128 = 0
        let count = digitCount
        var remaining = count
        for byte in text where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            if digits == 0, byte == UInt8(ascii: "0") { continue }
            digits = digits &* 10 &+ UInt128(byte - UInt8(ascii: "0"))
            remaining -= 1
            if remaining == 0 { break }
        }
        return (digits, magnitude - count + 1)
    }

    /// - Throws: `StoredDataError` if there is no such number.
    init(digits: UInt128, exponent: Int, isNegative: Bool) throws(StoredDataError) {
        if (0...18).contains(exponent), digits < 1_000_000_000_000_000_000 {
            var integer = Int128(digits)
            for _ in 0..<exponent { integer *= 10 }
            self.init(isNegative ? -integer : integer)
            return
        }
        let text = Array("\(isNegative ? "-" : "")\(digits)E\(exponent)".utf8)
        do {
            self = try text.withUnsafeBufferPointer { buffer throws(Fault) in try DecimalNumber(utf8: buffer) }
        } catch {
            throw .malformed
        }
    }
}
