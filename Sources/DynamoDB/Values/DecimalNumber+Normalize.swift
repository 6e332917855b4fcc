extension DecimalNumber {
    /// Why a text or a result is not a number of DynamoDB. `description` is AWS's sentence.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// Not a decimal number.
        case notANumber
        /// More than 38 significant digits.
        case tooManyDigits
        /// A magnitude of 1E+126 or more.
        case overflow
        /// A magnitude below 1E-130.
        case underflow

        /// AWS's sentence.
        public var description: String {
            switch self {
            case .notANumber: "The parameter cannot be converted to a numeric value"
            case .tooManyDigits: "Attempting to store more than 38 significant digits in a Number"
            case .overflow: "Number overflow. Attempting to store a number with magnitude larger than supported range"
            case .underflow:
                "Number underflow. Attempting to store a number with magnitude smaller than supported range"
            }
        }
    }

    /// Makes the number `significand` × 10^`exponent`, checking digits and range.
    package init(significand: UInt128, exponent: Int, isNegative: Bool) throws(Fault) {
        guard significand != 0 else {
            self.init(normalizedSignificand: 0, exponent: 0, isNegative: false)
            return
        }
        var significand = significand
        var exponent = exponent
        DecimalNumber.stripTrailingZeros(&significand, &exponent)
        let digits = DecimalNumber.digitCount(significand)
        // A range fault goes before a precision fault: the range is the harder limit of the two.
        let magnitude = exponent + digits - 1
        if magnitude > DecimalNumber.maximumMagnitude { throw .overflow }
        if magnitude < DecimalNumber.minimumMagnitude { throw .underflow }
        if digits > DecimalNumber.maximumDigits { throw .tooManyDigits }
        self.init(normalizedSignificand: significand, exponent: exponent, isNegative: isNegative)
    }

    static func stripTrailingZeros(_ significand: inout UInt128, _ exponent: inout Int) {
        // Most numbers fit one word, where division is much cheaper.
        if significand <= UInt128(UInt64.max) {
            var word = UInt64(truncatingIfNeeded: significand)
            while word % 10 == 0 {
                word /= 10
                exponent += 1
            }
            significand = UInt128(word)
            return
        }
        while true {
            let (quotient, remainder) = significand.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { return }
            significand = quotient
            exponent += 1
        }
    }

    /// How many decimal digits a significand other than zero has: 1 to 39.
    static func digitCount(_ significand: UInt128) -> Int {
        var count = 1
        var rest = significand
        while rest > UInt128(UInt64.max) {
            rest /= 10
            count += 1
        }
        var word = UInt64(truncatingIfNeeded: rest)
        while word >= 10 {
            word /= 10
            count += 1
        }
        return count
    }

    /// How many significant digits the number has: 1 to 38; 1 for zero.
    public var digitCount: Int { isZero ? 1 : DecimalNumber.digitCount(significand) }

    /// The power of ten of the first digit: -130 to 125; 0 for zero.
    public var magnitude: Int { isZero ? 0 : Int(exponent) + digitCount - 1 }
}
