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
