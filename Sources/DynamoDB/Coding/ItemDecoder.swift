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
