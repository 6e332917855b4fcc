import FoundationEssentials

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

/// Turns items into `Decodable` values; the reverse of ``ItemEncoder``.
///
/// A number that does not fit the type exactly is an error, except that `Double` and `Float` take the nearest.
/// An absent attribute and `NULL` both decode as nil.
public struct ItemDecoder: Sendable {
    private let dates: DateForm?

    /// Makes a decoder.
    ///
    /// - Parameter dates: How dates are stored; nil makes a date an error.
    public init(dates: DateForm? = nil) {
        self.dates = dates
    }

    /// The structure of an item.
    ///
    /// - Throws: `DecodingError`, with the path of what does not fit.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, from item: Item) throws -> Value {
        try decode(type, from: .map(item))
    }

    /// The value of an attribute value.
    ///
    /// A dictionary literal is taken for an item instead.
    ///
    /// - Throws: `DecodingError`, with the path of what does not fit.
    @_disfavoredOverload
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, from value: AttributeValue) throws -> Value {
        try ValueDecoder(value, dates: dates, path: []).decode(type)
    }
}

/// How a `Date` stands in an item. DynamoDB has no type for it, so the one that an application means is always said.
public enum DateForm: Sendable, Hashable {
    /// A number of whole seconds since 1970, as time to live needs it. Fractions are cut off.
    case secondsSince1970
    /// A number of whole milliseconds since 1970. Finer fractions are rounded.
    case millisecondsSince1970
    /// A string such as `2025-11-29T10:30:00.000Z`: UTC, with milliseconds, so that texts sort as moments do.
    case iso8601

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    func value(_ date: Date) -> AttributeValue? {
        switch self {
        case .secondsSince1970: Int(exactly: date.timeIntervalSince1970.rounded(.down)).map { .number($0) }
        case .millisecondsSince1970: Int(exactly: (date.timeIntervalSince1970 * 1000).rounded()).map { .number($0) }
        case .iso8601: .string(DateForm.style.format(date))
        }
    }

    /// The date; nil for a value of another form. A text may lack its fraction.
    func date(_ value: AttributeValue) -> Date? {
        switch self {
        case .secondsSince1970: value.double.map { Date(timeIntervalSince1970: $0) }
        case .millisecondsSince1970: value.double.map { Date(timeIntervalSince1970: $0 / 1000) }
        case .iso8601:
            value.string.flatMap { text in
                (try? DateForm.style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
            }
        }
    }
}

/// A place in an item that no type declares: an element of a list, or the superclass.
struct ItemCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ index: Int) {
        stringValue = "\(index)"
        intValue = index
    }

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(intValue: Int) {
        self.init(intValue)
    }

    init(stringValue: String) {
        self.init(stringValue)
    }
}

/// What the three kinds of encoding containers do alike: turn scalars and values into attribute values.
protocol ScalarEncoding {
    var encoder: ValueEncoder { get }
}

extension ScalarEncoding {
    func value<Value: Encodable>(_ value: Value, at path: [any CodingKey]) throws -> AttributeValue? {
        func invalid(_ why: String) -> EncodingError {
            .invalidValue(value, .init(codingPath: path, debugDescription: why))
        }
        return switch value {
        case let text as String: .string(text)
        case let flag as Bool: .bool(flag)
        case let number as Double: .number(try ValueEncoder.number(number.description, invalid))
        case let number as Float: .number(try ValueEncoder.number(number.description, invalid))
        case let number as any FixedWidthInteger: .number(try ValueEncoder.number(String(describing: number), invalid))
        default: try ValueEncoder.encode(value, dates: encoder.dates, path: path)
        }
    }
}
