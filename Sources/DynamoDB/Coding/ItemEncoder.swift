/// Turns `Encodable` values into items.
///
/// | Swift | DynamoDB |
/// |---|---|
/// | `String`, `UUID`, `URL`, raw-value enumerations of strings | `S` |
/// | integers, `Decimal`, ``DecimalNumber`` | `N`, exactly; more than 38 digits are an error |
/// | `Double`, `Float` | `N`, the shortest decimal that reads back the same; infinities and NaN are an error |
/// | `Data`, `[UInt8]` | `B` |
/// | `Bool` | `BOOL` |
/// | `Optional` | the attribute is absent when nil; `NULL` as an element of a list |
/// | ``AttributeSet`` | `SS`, `NS`, `BS`; absent when empty |
/// | `Date` | as ``DateForm`` says; an error when none was chosen |
/// | other arrays and sets | `L` |
/// | other structures, dictionaries of strings | `M` |
public struct ItemEncoder: Sendable {
    private let dates: DateForm?

    /// Makes an encoder.
    ///
    /// - Parameter dates: How dates are stored; nil makes a date an error.
    public init(dates: DateForm? = nil) {
        self.dates = dates
    }

    /// The item of a structure.
    ///
    /// - Throws: `EncodingError`, with the path of what has no place in an item.
    public func encode(_ value: some Encodable) throws -> Item {
        let encoded = try attributeValue(value)
        guard case .map(let item) = encoded else {
            throw EncodingError.invalidValue(
                value,
                .init(codingPath: [], debugDescription: "An item is a map, but this is of type \(encoded.typeName)"))
        }
        return item
    }

    /// The attribute value of a value.
    ///
    /// - Throws: `EncodingError`, with the path of what has no place in an item.
    public func attributeValue(_ value: some Encodable) throws -> AttributeValue {
        try ValueEncoder.encode(value, dates: dates, path: []) ?? .null
    }
}
