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
