extension DecimalNumber {
    /// Appends the number's text: plain digits, without exponent.
    package func append(to bytes: inout [UInt8]) {
        guard !isZero else {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
            let digits = UnsafeBufferPointer(rebasing: significandDigits(into: buffer))
            let zeros = Int(exponent)
            if zeros >= 0 {
                bytes.append(contentsOf: digits)
                for _ in 0..<zeros { bytes.append(UInt8(ascii: "0")) }
                return
            }
            let whole = digits.count + zeros
            if whole > 0 {
                bytes.append(contentsOf: digits[..<whole])
                bytes.append(UInt8(ascii: "."))
                bytes.append(contentsOf: digits[whole...])
            } else {
                bytes.append(UInt8(ascii: "0"))
                bytes.append(UInt8(ascii: "."))
                for _ in 0..<(-whole) { bytes.append(UInt8(ascii: "0")) }
                bytes.append(contentsOf: digits)
            }
        }
    }

    /// Writes the significand's digits to the end of the buffer.
    private func significandDigits(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>>
    {
        var position = buffer.count
        var rest = significand
        while rest > UInt128(UInt64.max) {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
            position -= 1
            buffer[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: remainder)
            rest = quotient
        }
        var word = UInt64(truncatingIfNeeded: rest)
        while word > 0 {
            let (quotient, remainder) = word.quotientAndRemainder(dividingBy: 10)
            position -= 1
            buffer[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: remainder)
            word = quotient
        }
        return UnsafeBufferPointer(buffer)[position...]
    }
}
