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
