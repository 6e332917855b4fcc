/// One value of an item's attribute.
///
/// Source: AWS, "AttributeValue" in the Amazon DynamoDB API reference.
public enum AttributeValue: Sendable, Hashable {
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
    case map([String: AttributeValue])
    /// `SS`: a set of distinct strings, never empty.
    case stringSet(Set<String>)
    /// `NS`: a set of distinct numbers, never empty.
    case numberSet(Set<DecimalNumber>)
    /// `BS`: a set of distinct byte strings, never empty.
    case binarySet(Set<[UInt8]>)
}

/// An item: its attributes by name. The same shape serves primary keys and exclusive start keys.
public typealias Item = [String: AttributeValue]
