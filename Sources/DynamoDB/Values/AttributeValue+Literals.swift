extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// Makes a string value.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    /// Makes a number value.
    public init(integerLiteral value: Int) {
        self = .number(DecimalNumber(value))
    }
}

extension AttributeValue: ExpressibleByBooleanLiteral {
    /// Makes a Boolean value.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension AttributeValue: ExpressibleByArrayLiteral {
    /// Makes a list value.
    public init(arrayLiteral elements: AttributeValue...) {
        self = .list(elements)
    }
}

extension AttributeValue: ExpressibleByDictionaryLiteral {
    /// Makes a map value; of two members of one name the last stays.
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .map(Item(elements) { $1 })
    }
}

extension AttributeValue {
    /// Makes a number value of an integer.
    public static func number(_ value: some FixedWidthInteger) -> AttributeValue {
        .number(DecimalNumber(value))
    }
}
