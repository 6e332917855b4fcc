// Each integer type is sent as the server's type of its size. Reading takes every integer type of the server as long
// as the value fits, since `count(*)` is an int8 and `array_length` an int4.

extension Int16: PostgresCodable {
    /// `int2`
    public static var postgresType: PostgresType { .int2 }
    /// Appends two bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(self) }
    /// Reads any integer that fits.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Int16 { try decodeInteger(bytes, type) }
}

extension Int32: PostgresCodable {
    /// `int4`
    public static var postgresType: PostgresType { .int4 }
    /// Appends four bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(self) }
    /// Reads any integer that fits.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Int32 { try decodeInteger(bytes, type) }
}

extension Int64: PostgresCodable {
    /// `int8`
    public static var postgresType: PostgresType { .int8 }
    /// Appends eight bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(self) }
    /// Reads any integer that fits.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Int64 { try decodeInteger(bytes, type) }
}

extension Int: PostgresCodable {
    /// `int8`
    public static var postgresType: PostgresType { .int8 }
    /// Appends eight bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(Int64(self)) }
    /// Reads any integer that fits.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Int { try decodeInteger(bytes, type) }
}

/// Both directions.
public typealias PostgresCodable = PostgresEncodable & PostgresDecodable

private func decodeInteger<T: FixedWidthInteger>(_ bytes: RawSpan, _ type: PostgresType) throws -> T {
    let value: Int64
    switch type {
    case .int8:
        try bytes.requireLength(8)
        value = try bytes.integer()
    case .int4:
        try bytes.requireLength(4)
        value = Int64(try bytes.integer(as: Int32.self))
    case .int2:
        try bytes.requireLength(2)
        value = Int64(try bytes.integer(as: Int16.self))
    case .oid:
        try bytes.requireLength(4)
        value = Int64(try bytes.integer(as: UInt32.self))
    default: throw PostgresDecodingFailure.typeMismatch
    }
    guard let result = T(exactly: value) else { throw PostgresDecodingFailure.outOfRange }
    return result
}
