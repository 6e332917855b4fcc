/// An INTERVAL: months, days and time are kept apart, because a month is 28 to 31 days and a day 23 to 25 hours.
public struct PostgresInterval: Sendable, Hashable {
    /// Whole months; a year is twelve.
    public var months: Int32
    /// Whole days.
    public var days: Int32
    /// The rest, in microseconds.
    public var microseconds: Int64

    /// An interval of these parts.
    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }

    /// A duration, rounded down to microseconds; `nil` beyond 292,000 years.
    public init?(_ duration: Duration) {
        guard let microseconds = Int64(exactly: (duration / .microseconds(1)).rounded(.down)) else { return nil }
        self.init(microseconds: microseconds)
    }

    /// The interval as a duration; `nil` when it has months or days, which have no fixed length.
    public var duration: Duration? { months == 0 && days == 0 ? .microseconds(microseconds) : nil }
}

extension PostgresInterval: PostgresCodable {
    /// `interval`
    public static var postgresType: PostgresType { .interval }

    /// Appends microseconds, days and months (`interval_send` in PostgreSQL's timestamp.c).
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendInteger(microseconds)
        bytes.appendInteger(days)
        bytes.appendInteger(months)
    }

    /// Reads `interval`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> PostgresInterval {
        guard type == .interval else { throw PostgresDecodingFailure.typeMismatch }
        try bytes.requireLength(16)
        return PostgresInterval(
            months: try bytes.integer(at: 12), days: try bytes.integer(at: 8), microseconds: try bytes.integer(at: 0))
    }
}
