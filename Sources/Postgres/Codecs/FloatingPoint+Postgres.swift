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
