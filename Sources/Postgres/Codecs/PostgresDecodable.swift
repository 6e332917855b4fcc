/// A type that can be read from a column in the server's binary representation.
public protocol PostgresDecodable {
    /// Reads a value that is not NULL.
    /// - Parameters:
    ///   - bytes: the value's binary representation, in network byte order.
    ///   - type: the column's type. Refuse types that the representation would not suit.
    /// - Throws: `PostgresDecodingFailure`.
    static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Self
    /// What NULL becomes. By default it throws `PostgresDecodingFailure.null`.
    static func decodeNull() throws -> Self
}

extension PostgresDecodable {
    /// Throws `PostgresDecodingFailure.null`.
    public static func decodeNull() throws -> Self { throw PostgresDecodingFailure.null }
}

/// Why a value cannot be decoded.
public enum PostgresDecodingFailure: Error, Sendable, Hashable {
    /// The column's type does not suit the Swift type.
    case typeMismatch
    /// The value is NULL and the Swift type is not Optional.
    case null
    /// The value does not fit into the Swift type, as 300 does not into a smaller integer, or `infinity` into a `Date`.
    case outOfRange
    /// The bytes are not what the type's representation must be; the text says how, without quoting the value.
    case malformed(String)
    /// The value came as text, not binary.
    case textFormat
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads the wrapped type.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Self {
        try Wrapped.decode(bytes, type: type)
    }
    /// `nil`.
    public static func decodeNull() throws -> Self { nil }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads the raw value, which must be one that the type knows.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Self {
        guard let value = Self(rawValue: try RawValue.decode(bytes, type: type)) else {
            throw PostgresDecodingFailure.outOfRange
        }
        return value
    }
}
