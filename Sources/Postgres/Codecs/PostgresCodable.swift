/// How a value travels: as the server's binary representation or as its text.
public enum PostgresFormat: Sendable {
    case binary
    case text
}

/// A type whose values can be bound to a statement's parameters.
public protocol PostgresEncodable {
    /// The parameter's type; `.unspecified` lets the server infer it.
    static var postgresType: PostgresType { get }
    /// What `encode` writes. By default `.binary`.
    static var postgresFormat: PostgresFormat { get }
    /// The value stands for NULL; `encode` is not called then. By default `false`.
    var isPostgresNull: Bool { get }
    /// Appends the value's representation, in network byte order.
    /// - Throws: `PostgresEncodingFailure` when the value cannot be represented.
    func encode(into bytes: inout [UInt8]) throws
}

extension PostgresEncodable {
    /// Binary.
    public static var postgresFormat: PostgresFormat { .binary }
    /// Not NULL.
    public var isPostgresNull: Bool { false }
}

/// Why a value cannot be encoded.
public struct PostgresEncodingFailure: Error, Sendable {
    /// The reason; it must not quote the value.
    public let reason: String

    /// A failure for this reason, which must not quote the value.
    public init(_ reason: String) { self.reason = reason }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped type's.
    public static var postgresType: PostgresType { Wrapped.postgresType }
    /// The wrapped type's.
    public static var postgresFormat: PostgresFormat { Wrapped.postgresFormat }
    /// `nil` is NULL.
    public var isPostgresNull: Bool { self?.isPostgresNull ?? true }
    /// Appends the wrapped value.
    public func encode(into bytes: inout [UInt8]) throws { try self?.encode(into: &bytes) }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The raw value's.
    public static var postgresType: PostgresType { RawValue.postgresType }
    /// The raw value's.
    public static var postgresFormat: PostgresFormat { RawValue.postgresFormat }
    /// Appends the raw value.
    public func encode(into bytes: inout [UInt8]) throws { try rawValue.encode(into: &bytes) }
}

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
