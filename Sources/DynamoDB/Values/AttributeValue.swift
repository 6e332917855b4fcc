/// One value of an item's attribute.
///
/// Strings, names and members of sets are equal only byte for byte: as DynamoDB compares, and not as Swift does.
///
/// Source: AWS, "AttributeValue" in the Amazon DynamoDB API reference.
public enum AttributeValue: Sendable {
    /// `S`: Unicode text, UTF-8 encoded.
    case string(String)
    /// `N`: a decimal number of up to 38 significant digits.
    case number(DecimalNumber)
    /// `B`: bytes; base64 on the wire.
    case binary([UInt8])
    /// `BOOL`.
    case bool(Bool)
    /// `NULL`.
    case null
    /// `L`: an ordered list of values of any types.
    case list([AttributeValue])
    /// `M`: an unordered map of names to values.
    case map(Item)
    /// `SS`: a set of distinct strings, never empty.
    case stringSet(StringSet)
    /// `NS`: a set of distinct numbers, never empty.
    case numberSet(Set<DecimalNumber>)
    /// `BS`: a set of distinct byte strings, never empty.
    case binarySet(Set<[UInt8]>)
}

/// An item: its attributes by name. Primary keys, exclusive start keys and the members of maps have the same shape.
public typealias Item = AttributeMap<AttributeValue>

extension AttributeValue: Hashable {
    /// Whether both have the same type and the same value.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): ExactString(left) == ExactString(right)
        case (.number(let left), .number(let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.stringSet(let left), .stringSet(let right)): left == right
        case (.numberSet(let left), .numberSet(let right)): left == right
        case (.binarySet(let left), .binarySet(let right)): left == right
        default: false
        }
    }

    /// Hashes the value.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .string(let text): hasher.combine(ExactString(text))
        case .number(let number): hasher.combine(number)
        case .binary(let bytes): hasher.combine(bytes)
        case .bool(let flag): hasher.combine(flag)
        case .null: break
        case .list(let values): hasher.combine(values)
        case .map(let members): hasher.combine(members)
        case .stringSet(let texts): hasher.combine(texts)
        case .numberSet(let numbers): hasher.combine(numbers)
        case .binarySet(let values): hasher.combine(values)
        }
    }
}

/// The payload of each case, and nil for the other cases.
extension AttributeValue {
    /// The text of a string value.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number of a number value.
    public var number: DecimalNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The integer of a number value; nil also when it has a fraction or does not fit.
    public var int: Int? { number?.int }

    /// The nearest `Double` of a number value.
    public var double: Double? { number?.double }

    /// The bytes of a binary value.
    public var binary: [UInt8]? {
        if case .binary(let bytes) = self { bytes } else { nil }
    }

    /// The flag of a Boolean value.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// Whether this is the null value.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The elements of a list value.
    public var list: [AttributeValue]? {
        if case .list(let values) = self { values } else { nil }
    }

    /// The members of a map value.
    public var map: Item? {
        if case .map(let members) = self { members } else { nil }
    }

    /// The elements of a string set.
    public var stringSet: StringSet? {
        if case .stringSet(let texts) = self { texts } else { nil }
    }

    /// The elements of a number set.
    public var numberSet: Set<DecimalNumber>? {
        if case .numberSet(let numbers) = self { numbers } else { nil }
    }

    /// The elements of a binary set.
    public var binarySet: Set<[UInt8]>? {
        if case .binarySet(let values) = self { values } else { nil }
    }

    /// The name that stands for the type on the wire and in `attribute_type`: `S`, `N`, `B`, `BOOL`, `NULL`, `L`, `M`,
    /// `SS`, `NS` or `BS`.
    public var typeName: String {
        switch self {
        case .string: "S"
        case .number: "N"
        case .binary: "B"
        case .bool: "BOOL"
        case .null: "NULL"
        case .list: "L"
        case .map: "M"
        case .stringSet: "SS"
        case .numberSet: "NS"
        case .binarySet: "BS"
        }
    }
}

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
