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
