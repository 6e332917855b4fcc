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

extension Double: PostgresCodable {
    /// `float8`
    public static var postgresType: PostgresType { .float8 }
    /// Appends eight bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(bitPattern) }
    /// Reads `float8` and `float4`. NUMERIC is refused, since a `Double` could not hold it exactly.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Double {
        switch type {
        case .float8:
            try bytes.requireLength(8)
            return Double(bitPattern: try bytes.integer())
        case .float4: return Double(try Float.decode(bytes, type: type))
        default: throw PostgresDecodingFailure.typeMismatch
        }
    }
}

extension Float: PostgresCodable {
    /// `float4`
    public static var postgresType: PostgresType { .float4 }
    /// Appends four bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(bitPattern) }
    /// Reads `float4`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Float {
        guard type == .float4 else { throw PostgresDecodingFailure.typeMismatch }
        try bytes.requireLength(4)
        return Float(bitPattern: try bytes.integer())
    }
}

extension Bool: PostgresCodable {
    /// `bool`
    public static var postgresType: PostgresType { .bool }
    /// Appends one byte.
    public func encode(into bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
    /// Reads `bool`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Bool {
        guard type == .bool else { throw PostgresDecodingFailure.typeMismatch }
        try bytes.requireLength(1)
        return try bytes.integer(as: UInt8.self) != 0
    }
}

// Integers in network byte order, as all of PostgreSQL's binary representations hold them.

extension [UInt8] {
    /// Appends an integer in network byte order.
    mutating func appendInteger(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Overwrites four bytes, for instance with a length that is known only afterwards.
    mutating func replaceInt32(at offset: Int, with value: Int32) {
        Swift.withUnsafeBytes(of: value.bigEndian) { bytes in
            for (index, byte) in bytes.enumerated() { self[offset + index] = byte }
        }
    }
}

extension RawSpan {
    /// Reads an integer in network byte order.
    /// - Throws: `PostgresDecodingFailure.malformed` when the span ends before the integer does.
    func integer<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int = 0, as type: T.Type = T.self) throws -> T {
        guard offset >= 0, offset + MemoryLayout<T>.size <= byteCount else {
            throw PostgresDecodingFailure.malformed("the value ends too early")
        }
        return T(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// Checks the length of a fixed-size value.
    func requireLength(_ length: Int) throws {
        guard byteCount == length else {
            throw PostgresDecodingFailure.malformed("\(byteCount) bytes instead of \(length)")
        }
    }

    /// A copy of the bytes.
    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
