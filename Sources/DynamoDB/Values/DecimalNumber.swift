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
