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

extension Date: PostgresCodable {
    /// `timestamptz`
    public static var postgresType: PostgresType { .timestamptz }

    /// Appends the microseconds since 2000-01-01 UTC, rounded to the nearest.
    public func encode(into bytes: inout [UInt8]) throws {
        guard let microsecondsSince2000 else {
            throw PostgresEncodingFailure("the date is out of PostgreSQL's range")
        }
        bytes.appendInteger(microsecondsSince2000)
    }

    /// Reads `timestamptz`; `timestamp`, taken as UTC; and `date`, as its midnight in UTC. `infinity` is out of range.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Date {
        switch type {
        case .timestamptz, .timestamp:
            return try PostgresTimestamp.decode(bytes, type: .timestamp).utc
        case .date:
            let days = try PostgresDate.decode(bytes, type: type).daysSince2000
            return Date(timeIntervalSinceReferenceDate: Double(days) * 86_400 - secondsFrom2000To2001)
        default: throw PostgresDecodingFailure.typeMismatch
        }
    }
}

extension Date {
    private static let secondsFrom2000To2001 = 31_622_400.0

    /// `nil` when the server has no such timestamp: its own end in the year 294276.
    var microsecondsSince2000: Int64? {
        let microseconds = ((timeIntervalSinceReferenceDate + Self.secondsFrom2000To2001) * 1_000_000).rounded()
        return abs(microseconds) < 9.2e18 ? Int64(microseconds) : nil
    }

    /// Takes whole seconds apart from the rest, so that no precision is lost before it must be.
    init(microsecondsSince2000: Int64) {
        let (seconds, rest) = microsecondsSince2000.quotientAndRemainder(dividingBy: 1_000_000)
        self.init(
            timeIntervalSinceReferenceDate: Double(seconds) - Self.secondsFrom2000To2001 + Double(rest) / 1_000_000)
    }
}

/// A DATE: a day of the Gregorian calendar, in no time zone.
public struct PostgresDate: Sendable, Hashable {
    /// Days since 2000-01-01; negative before it.
    public let daysSince2000: Int32

    /// The day so many days after 2000-01-01.
    public init(daysSince2000: Int32) { self.daysSince2000 = daysSince2000 }

    /// A day by its parts; `nil` when the calendar has no such day, or for years outside of -4712 to 5874897, which
    /// PostgreSQL has not. The year 0 is 1 BC.
    public init?(year: Int, month: Int, day: Int) {
        guard (-4712...5_874_897).contains(year), (1...12).contains(month), (1...31).contains(day),
            let days = Int32(exactly: Self.days(year, month, day))
        else { return nil }
        self.init(daysSince2000: days)
        guard parts == (year, month, day) else { return nil }
    }

    /// The year; 0 is 1 BC.
    public var year: Int { parts.year }
    /// 1 to 12
    public var month: Int { parts.month }
    /// 1 to 31
    public var day: Int { parts.day }

    // Years are counted from March, so that the leap day is the last of its year; 400 years have 146,097 days.

    private static let daysFromMarchOfYear0To2000 = 730_425

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let (era, yearOfEra) = floorDivide(year, 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - daysFromMarchOfYear0To2000
    }

    private var parts: (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = Self.floorDivide(Int(daysSince2000) + Self.daysFromMarchOfYear0To2000, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let quotient = value >= 0 ? value / divisor : (value - divisor + 1) / divisor
        return (quotient, value - quotient * divisor)
    }
}

extension PostgresDate: Comparable, CustomStringConvertible {
    /// Whether `left` comes before `right`.
    public static func < (left: PostgresDate, right: PostgresDate) -> Bool { left.daysSince2000 < right.daysSince2000 }

    /// ISO 8601: `2026-01-31`.
    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number.magnitude)
            return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let (year, month, day) = parts
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension PostgresDate: PostgresCodable {
    /// `date`
    public static var postgresType: PostgresType { .date }
    /// Appends the days since 2000-01-01.
    public func encode(into bytes: inout [UInt8]) { bytes.appendInteger(daysSince2000) }
    /// Reads `date`. `infinity` is out of range.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> PostgresDate {
        guard type == .date else { throw PostgresDecodingFailure.typeMismatch }
        try bytes.requireLength(4)
        let days: Int32 = try bytes.integer()
        guard days != .max, days != .min else { throw PostgresDecodingFailure.outOfRange }
        return PostgresDate(daysSince2000: days)
    }
}

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
