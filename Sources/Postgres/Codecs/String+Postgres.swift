extension String: PostgresCodable {
    /// Left to the server, so that a string may also stand for an enum, UUID, timestamp, number or JSON.
    public static var postgresType: PostgresType { .unspecified }
    /// Text, which every type of the server can read.
    public static var postgresFormat: PostgresFormat { .text }
    /// Appends the UTF-8 text.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }

    /// Reads `text`, `varchar`, `char(n)`, `name`, `json`, `jsonb`, `xml`, enums, and other user-defined types whose
    /// binary representation is UTF-8 text, such as `citext`. What has no type in Swift is read as the text that the server
    /// prints: `inet`, `cidr`, `macaddr`, `time`, `timetz`, `bit`, `varbit`, `oid`, `xid`, `pg_lsn`, and ranges, those of
    /// `timestamptz` in UTC.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> String {
        switch type {
        case .text, .varchar, .bpchar, .name, .unknown, .json, .xml, .char: return try utf8(bytes)
        case .jsonb: return try PostgresJSON.decode(bytes, type: type).text
        default:
            if let text = try printed(bytes, type: type) { return text }
            // A composite or an array begins with a count, whose zero bytes text cannot hold.
            guard type.isUserDefined, bytes.withUnsafeBytes({ !$0.contains(0) }) else {
                throw PostgresDecodingFailure.typeMismatch
            }
            return try utf8(bytes)
        }
    }

    static func utf8(_ bytes: RawSpan) throws -> String {
        try bytes.withUnsafeBytes { bytes in
            do {
                return String(copying: try UTF8Span(validating: bytes.assumingMemoryBound(to: UInt8.self).span))
            } catch {
                throw PostgresDecodingFailure.malformed("the text is not UTF-8")
            }
        }
    }
}
