internal import DynamoDB

/// A number taken apart: ± `significand` × 10^`exponent`, where the significand does not end in a zero digit.
///
/// The parts themselves are private to the `DynamoDB` module, so this goes through its text form.
extension DecimalNumber {
    /// The digits as an integer; 0 for zero.
    var digits: UInt128 {
        var text: [UInt8] = []
        append(to: &text)
        var result: UInt128 = 0
        var remaining = digitCount
        for byte in text where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            if result == 0, byte == UInt8(ascii: "0") { continue }
            result = result &* 10 &+ UInt128(byte - UInt8(ascii: "0"))
            remaining -= 1
            if remaining == 0 { break }
        }
        return result
    }

    /// The power of ten of the last digit.
    var lastDigitExponent: Int { magnitude - digitCount + 1 }

    /// - Throws: `StoredDataError` if there is no such number.
    init(digits: UInt128, lastDigitExponent: Int, isNegative: Bool) throws(StoredDataError) {
        var text = Array("\(isNegative ? "-" : "")\(digits)E\(lastDigitExponent)".utf8)
        do {
            self = try text.withUnsafeMutableBufferPointer { buffer throws(Fault) in
                try DecimalNumber(utf8: UnsafeBufferPointer(buffer))
            }
        } catch {
            throw .malformed
        }
    }
}
