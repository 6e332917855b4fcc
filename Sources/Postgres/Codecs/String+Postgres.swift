public import FoundationEssentials

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

/// A Swift enum that stands for one made by `CREATE TYPE … AS ENUM`, or for a text column with a fixed set of values:
/// `enum Tier: String, PostgresEnum { case free, pro }`. Arrays of it are arrays of the server's enum.
///
/// The server infers the enum's type from where the parameter stands; where nothing tells it, write it:
/// `unnest(\(tiers)::tier[])`.
public protocol PostgresEnum: PostgresCodable, PostgresArrayEncodable, PostgresArrayDecodable, RawRepresentable,
    Sendable
where RawValue == String {}

extension PostgresEnum {
    /// Left to the server: the identifier of a type that `CREATE TYPE` made differs from database to database.
    public static var postgresArrayType: PostgresType { .unspecified }
}
