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
