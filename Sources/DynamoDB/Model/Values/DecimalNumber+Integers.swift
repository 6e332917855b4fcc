extension DecimalNumber: ExpressibleByIntegerLiteral {
    /// Makes a number of an integer.
    public init(_ value: some FixedWidthInteger) {
        var significand = UInt128(value.magnitude)
        var exponent = 0
        if significand != 0 { DecimalNumber.stripTrailingZeros(&significand, &exponent) }
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
