/// A number of DynamoDB: an exact decimal of up to 38 significant digits, zero or of a magnitude from 1E-130 to
/// 9.9999999999999999999999999999999999999E+125.
///
/// Values are normalised: `1000`, `1e3` and `+1000.0` are one value, equal and of one hash, and there is one zero.
/// Two words and an exponent keep `AttributeValue` at 24 bytes.
///
/// Source: AWS, "Number" in "Naming rules and data types", Amazon DynamoDB developer guide.
public struct DecimalNumber: Sendable, Hashable {
    /// The upper word of the significand; the significand is below 10^38 and does not end in a zero digit.
    let high: UInt64
    /// The lower word of the significand.
    let low: UInt64
    /// The power of ten of the significand's last digit; 0 for zero.
    package let exponent: Int16
    /// Whether the number is below zero; never for zero.
    public let isNegative: Bool

    /// The most significant digits a number can have.
    public static let maximumDigits = 38
    /// The largest power of ten of a number's first digit.
    public static let maximumMagnitude = 125
    /// The smallest power of ten of a number's first digit.
    public static let minimumMagnitude = -130

    /// Zero.
    public static let zero = DecimalNumber(0)

    /// The significand: every digit, without sign and point.
    package var significand: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// Wraps parts that are normalised already.
    init(normalizedSignificand significand: UInt128, exponent: Int, isNegative: Bool) {
        high = UInt64(truncatingIfNeeded: significand >> 64)
        low = UInt64(truncatingIfNeeded: significand)
        self.exponent = Int16(truncatingIfNeeded: exponent)
        self.isNegative = isNegative
    }

    /// Whether the number is zero.
    public var isZero: Bool { high == 0 && low == 0 }
}

extension DecimalNumber: LosslessStringConvertible {
    /// Parses a decimal number; nil for anything that is not a number of DynamoDB.
    public init?(_ text: String) {
        guard let number = try? DecimalNumber(parsing: text) else { return nil }
        self = number
    }

    /// Parses a decimal number, telling what is wrong with a bad one.
    public init(parsing text: String) throws(Fault) {
        var text = text
        var result: Result<DecimalNumber, Fault> = .failure(.notANumber)
        text.withUTF8 { bytes in
            do throws(Fault) {
                result = .success(try DecimalNumber(utf8: bytes))
            } catch {
                result = .failure(error)
            }
        }
        self = try result.get()
    }

    /// The number in DynamoDB's form: plain digits, without exponent, without needless zeros.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

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

extension DecimalNumber: Comparable {
    /// Numeric order.
    public static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative
            ? isMagnitude(right, below: left)
            : isMagnitude(left, below: right)
    }

    private static func isMagnitude(_ left: DecimalNumber, below right: DecimalNumber) -> Bool {
        if left.isZero || right.isZero { return left.isZero && !right.isZero }
        if left.exponent == right.exponent { return left.significand < right.significand }
        let (leftMagnitude, rightMagnitude) = (left.magnitude, right.magnitude)
        if leftMagnitude != rightMagnitude { return leftMagnitude < rightMagnitude }
        // One first digit, so bringing the larger exponent down leaves at most 38 digits.
        if left.exponent > right.exponent {
            return left.significand * powerOfTen(Int(left.exponent - right.exponent)) < right.significand
        }
        return left.significand < right.significand * powerOfTen(Int(right.exponent - left.exponent))
    }

    /// 10^`power`, for powers from 0 to 38.
    static func powerOfTen(_ power: Int) -> UInt128 {
        var result: UInt128 = 1
        for _ in 0..<power { result *= 10 }
        return result
    }
}

extension DecimalNumber: ExpressibleByIntegerLiteral {
    /// Makes a number of an integer of up to 38 significant digits: every integer of 64 bits, and most of 128.
    public init(_ value: some FixedWidthInteger) {
        var significand = UInt128(value.magnitude)
        var exponent = 0
        if significand != 0 { DecimalNumber.stripTrailingZeros(&significand, &exponent) }
        precondition(
            significand <= UInt128(UInt64.max) || DecimalNumber.digitCount(significand) <= DecimalNumber.maximumDigits,
            "A number of DynamoDB has at most 38 significant digits")
        self.init(normalizedSignificand: significand, exponent: exponent, isNegative: value < 0)
    }

    /// Makes a number of an integer literal.
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// The number as an `Int`; nil when it has a fraction or does not fit.
    public var int: Int? { Int(exactly: self) }
}

extension FixedWidthInteger {
    /// Converts a number; nil when it has a fraction or does not fit.
    public init?(exactly number: DecimalNumber) {
        guard number.exponent >= 0 else { return nil }
        var magnitude = number.significand
        for _ in 0..<number.exponent {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            magnitude = product
        }
        if number.isNegative {
            guard let signed = Int128(exactly: magnitude), let value = Self(exactly: -signed) else { return nil }
            self = value
        } else {
            guard let value = Self(exactly: magnitude) else { return nil }
            self = value
        }
    }
}

extension DecimalNumber {
    /// Makes a number of the shortest decimal that reads back as `value`: 0.1 becomes `0.1`.
    ///
    /// - Throws: ``Fault/notANumber`` for NaN and infinities, ``Fault/overflow``, ``Fault/underflow``.
    public init(_ value: Double) throws(Fault) {
        guard value.isFinite else { throw .notANumber }
        try self.init(parsing: value.description)
    }

    /// The nearest `Double`.
    public var double: Double {
        // The text of a number always parses: its magnitude is far within a Double's.
        let digits = "\(isNegative ? "-" : "")\(significand)e\(exponent)"
        return Double(digits) ?? .nan
    }
}
