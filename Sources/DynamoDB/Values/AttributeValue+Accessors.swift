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
