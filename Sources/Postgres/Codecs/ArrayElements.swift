public import FoundationEssentials

// Which types may be elements of arrays, and what the server calls the arrays.

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Bool: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .boolArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int16: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .int2Array }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int32: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .int4Array }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int64: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .int8Array }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .int8Array }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .float4Array }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .float8Array }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension String: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .textArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension UUID: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .uuidArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Date: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .timestamptzArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgresJSON: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .jsonbArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgresNumeric: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .numericArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgresTimestamp: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .timestampArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgresDate: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .dateArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgresInterval: PostgresArrayEncodable, PostgresArrayDecodable {
    public static var postgresArrayType: PostgresType { .intervalArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Range: PostgresArrayEncodable where Bound: PostgresRangeBound {
    public static var postgresArrayType: PostgresType { Bound.postgresRangeArrayType }
}

extension Range: PostgresArrayDecodable where Bound: PostgresRangeBound & FixedWidthInteger {}

/// An array of `bytea`.
extension [UInt8]: PostgresArrayEncodable, PostgresArrayDecodable {
    /// `bytea[]`
    public static var postgresArrayType: PostgresType { .byteaArray }
}

/// An array with NULLs.
extension Optional: PostgresArrayEncodable where Wrapped: PostgresArrayEncodable & PostgresEncodable {
    /// The wrapped type's.
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}

extension Optional: PostgresArrayDecodable where Wrapped: PostgresArrayDecodable & PostgresDecodable {}

/// `[UInt8]` is a `bytea`, not an array: PostgreSQL has no one-byte integers.
extension UInt8: PostgresArrayEncodable, PostgresArrayDecodable {
    /// `bytea`
    public static var postgresArrayType: PostgresType { .bytea }
    /// Appends the bytes.
    public static func encodeArray(_ elements: [UInt8], into bytes: inout [UInt8]) {
        bytes.append(contentsOf: elements)
    }
    /// Reads `bytea`.
    public static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws -> [UInt8] {
        guard type == .bytea else { throw PostgresDecodingFailure.typeMismatch }
        return bytes.bytes
    }
}
