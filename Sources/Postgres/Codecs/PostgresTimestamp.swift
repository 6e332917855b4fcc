public import FoundationEssentials

/// A TIMESTAMP without time zone: what a calendar and a clock on the wall show, to the microsecond.
///
/// A `Date` is sent as `timestamptz`, which the server would shift by the session's time zone for such a column.
public struct PostgresTimestamp: Sendable, Hashable {
    /// Microseconds since midnight of 2000-01-01.
    public let microsecondsSince2000: Int64

    /// The moment so many microseconds after midnight of 2000-01-01.
    public init(microsecondsSince2000: Int64) { self.microsecondsSince2000 = microsecondsSince2000 }

    /// What a clock shows in UTC at `date`; `nil` when that is out of PostgreSQL's range.
    public init?(utc date: Date) {
        guard let microseconds = date.microsecondsSince2000 else { return nil }
        self.init(microsecondsSince2000: microseconds)
    }

    /// The instant at which a clock in UTC shows this.
    public var utc: Date { Date(microsecondsSince2000: microsecondsSince2000) }
}

extension PostgresTimestamp: PostgresCodable {
    /// `timestamp`
    public static var postgresType: PostgresType { .timestamp }
    /// Appends the microseconds since 2000-01-01.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(microsecondsSince2000) }
    /// Reads `timestamp`. `infinity` is out of range.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> PostgresTimestamp {
        guard type == .timestamp else { throw PostgresDecodingFailure.typeMismatch }
        try bytes.requireLength(8)
        let microseconds: Int64 = try bytes.integer()
        guard microseconds != .max, microseconds != .min else { throw PostgresDecodingFailure.outOfRange }
        return PostgresTimestamp(microsecondsSince2000: microseconds)
    }
}
