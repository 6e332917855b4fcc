/// An exact NUMERIC, held as the decimal text that the server would print: `-12.3400`, `NaN`, `Infinity`.
///
/// Equality is of the text: `1.0` and `1.00` differ here, as their scales do, though the server calls them equal.
public struct PostgresNumeric: Sendable, Hashable, LosslessStringConvertible {
    /// Decimal digits with an optional sign and point; or `NaN`, `Infinity`, `-Infinity`.
    public let description: String

    /// Takes decimal text such as `12`, `-0.50` or `NaN`; exponents are not taken. `nil` for any other text, and for
    /// more digits than NUMERIC has (131072 before the point, 16383 after it).
    public init?(_ text: String) {
        guard let parts = NumericParts(text) else { return nil }
        description = parts.text
    }

    /// An integer.
    public init(_ value: Int) { description = String(value) }

    init(_ parts: NumericParts) { description = parts.text }
}

extension PostgresNumeric: PostgresCodable {
    /// `numeric`
    public static var postgresType: PostgresType { .numeric }

    /// Appends the base-10000 representation.
    public func encode(into bytes: inout [UInt8]) throws {
        guard let parts = NumericParts(description) else { throw PostgresEncodingFailure("not a number") }
        parts.encode(into: &bytes)
    }

    /// Reads `numeric` and the integer types.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> PostgresNumeric {
        switch type {
        case .numeric: PostgresNumeric(try NumericParts(bytes))
        case .int2, .int4, .int8: PostgresNumeric(try Int.decode(bytes, type: type))
        default: throw PostgresDecodingFailure.typeMismatch
        }
    }
}
