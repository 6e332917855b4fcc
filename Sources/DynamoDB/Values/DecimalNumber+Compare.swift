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
