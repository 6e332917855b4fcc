extension AttributeValue {
    /// The value's size in bytes, as AWS counts it for limits and capacity.
    ///
    /// A number counts one byte for its exponent and one for every pair of significant digits, and one more below zero;
    /// a list or a map three bytes and one for each element.
    ///
    /// Source: AWS, "DynamoDB item sizes and formats" in the Amazon DynamoDB developer guide. AWS says of numbers that
    /// the size is approximate.
    public var sizeInBytes: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .number(let number): number.sizeInBytes
        case .binary(let bytes): bytes.count
        case .bool, .null: 1
        case .list(let values): values.reduce(3) { $0 + 1 + $1.sizeInBytes }
        case .map(let members): members.reduce(3) { $0 + 1 + $1.key.utf8.count + $1.value.sizeInBytes }
        case .stringSet(let texts): texts.reduce(0) { $0 + $1.utf8.count }
        case .numberSet(let numbers): numbers.reduce(0) { $0 + $1.sizeInBytes }
        case .binarySet(let values): values.reduce(0) { $0 + $1.count }
        }
    }
}

extension DecimalNumber {
    /// The number's size in bytes, as AWS counts it: 1 to 22.
    ///
    /// Pairs of digits are those of base 100: digits before and after the point are never one pair.
    public var sizeInBytes: Int {
        guard !isZero else { return 1 }
        let pairs = (Int(exponent) + digitCount - 1) >> 1 - Int(exponent) >> 1 + 1
        return 1 + pairs + (isNegative ? 1 : 0)
    }
}

extension AttributeMap<AttributeValue> {
    /// The item's size in bytes, as AWS counts it: names and values. An item may have 409,600.
    public var sizeInBytes: Int {
        reduce(0) { $0 + $1.key.utf8.count + $1.value.sizeInBytes }
    }
}
