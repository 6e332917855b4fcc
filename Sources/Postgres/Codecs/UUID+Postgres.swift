public import FoundationEssentials

extension UUID: PostgresCodable {
    /// `uuid`
    public static var postgresType: PostgresType { .uuid }
    /// Appends sixteen bytes.
    public func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }
    /// Reads `uuid`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> UUID {
        guard type == .uuid else { throw PostgresDecodingFailure.typeMismatch }
        try bytes.requireLength(16)
        return UUID(uuid: bytes.unsafeLoadUnaligned(as: uuid_t.self))
    }
}
