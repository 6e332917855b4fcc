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
