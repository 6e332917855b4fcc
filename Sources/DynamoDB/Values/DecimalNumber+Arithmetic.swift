extension DecimalNumber {
    /// The exact sum.
    ///
    /// - Throws: ``Fault/tooManyDigits`` when the exact sum has more than 38 significant digits, ``Fault/overflow``,
    ///   ``Fault/underflow``. Nothing is ever rounded.
    public func adding(_ other: DecimalNumber) throws(Fault) -> DecimalNumber {
        if other.isZero { return self }
        if isZero { return other }
        let (upper, lower) = exponent >= other.exponent ? (self, other) : (other, self)
        let shift = Int(upper.exponent) - Int(lower.exponent)
        // A sum keeps the lower number's last digit, so its digits span from there to the upper number's first.
        // At 39 digits or more only a carry that cancels could help, and `wide` below covers that one case.
        let span = max(upper.magnitude, lower.magnitude) - Int(lower.exponent) + 1
        guard span <= DecimalNumber.maximumDigits + 1 else { throw .tooManyDigits }
        let aligned = Wide(upper.significand, timesTenTo: shift)
        let addend = Wide(lower.significand, timesTenTo: 0)
        if upper.isNegative == lower.isNegative {
            return try aligned.adding(addend).number(exponent: Int(lower.exponent), isNegative: upper.isNegative)
        }
        return addend.isAbove(aligned)
            ? try addend.subtracting(aligned).number(exponent: Int(lower.exponent), isNegative: lower.isNegative)
            : try aligned.subtracting(addend).number(exponent: Int(lower.exponent), isNegative: upper.isNegative)
    }

    /// The exact difference; it throws as ``adding(_:)`` does.
    public func subtracting(_ other: DecimalNumber) throws(Fault) -> DecimalNumber {
        try adding(other.negated)
    }

    /// The number with its sign turned.
    public var negated: DecimalNumber {
        DecimalNumber(normalizedSignificand: significand, exponent: Int(exponent), isNegative: !isNegative && !isZero)
    }
}

/// A significand of up to 40 digits as it occurs in an addition: above 128 bits by a few.
private struct Wide {
    /// Units of 10^20.
    private var upper: UInt128
    /// Below 10^20.
    private var lower: UInt128

    private static let base: UInt128 = 100_000_000_000_000_000_000

    private init(upper: UInt128, lower: UInt128) {
        self.upper = upper
        self.lower = lower
    }

    init(_ value: UInt128, timesTenTo power: Int) {
        var parts = value.quotientAndRemainder(dividingBy: Wide.base)
        for _ in 0..<power {
            parts.quotient *= 10
            parts.remainder *= 10
            parts.quotient += parts.remainder / Wide.base
            parts.remainder %= Wide.base
        }
        upper = parts.quotient
        lower = parts.remainder
    }

    func isAbove(_ other: Wide) -> Bool {
        upper != other.upper ? upper > other.upper : lower > other.lower
    }

    func adding(_ other: Wide) -> Wide {
        let sum = lower + other.lower
        return Wide(upper: upper + other.upper + sum / Wide.base, lower: sum % Wide.base)
    }

    /// The difference; the other is not larger.
    func subtracting(_ other: Wide) -> Wide {
        lower >= other.lower
            ? Wide(upper: upper - other.upper, lower: lower - other.lower)
            : Wide(upper: upper - other.upper - 1, lower: lower + Wide.base - other.lower)
    }

    func number(exponent: Int, isNegative: Bool) throws(DecimalNumber.Fault) -> DecimalNumber {
        var (upper, lower, exponent) = (upper, lower, exponent)
        // Trailing zeros go first: a sum of 40 digits may need only a few.
        while upper != 0, lower % 10 == 0 {
            lower = (upper % 10 * Wide.base + lower) / 10
            upper /= 10
            exponent += 1
        }
        let (product, overflow) = upper.multipliedReportingOverflow(by: Wide.base)
        let (sum, carry) = product.addingReportingOverflow(lower)
        guard !overflow, !carry else { throw .tooManyDigits }
        return try DecimalNumber(significand: sum, exponent: exponent, isNegative: isNegative)
    }
}
