public import FoundationEssentials

extension Date: PostgresCodable {
    /// `timestamptz`
    public static var postgresType: PostgresType { .timestamptz }

    /// Appends the microseconds since 2000-01-01 UTC, rounded to the nearest.
    public func encode(into bytes: inout [UInt8]) throws {
        let microseconds = ((timeIntervalSinceReferenceDate + Self.secondsFrom2000To2001) * 1_000_000).rounded()
        // The server's timestamps end in the year 294276.
        guard abs(microseconds) < 9.2e18 else { throw PostgresEncodingFailure("the date is out of PostgreSQL's range") }
        bytes.appendInteger(Int64(microseconds))
    }

    /// Reads `timestamptz`; `timestamp`, taken as UTC; and `date`, as its midnight in UTC. `infinity` is out of range.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Date {
        switch type {
        case .timestamptz, .timestamp:
            try bytes.requireLength(8)
            let microseconds: Int64 = try bytes.integer()
            guard microseconds != .max, microseconds != .min else { throw PostgresDecodingFailure.outOfRange }
            // Whole seconds apart from the rest, so that no precision is lost before it must be.
            let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
            return Date(
                timeIntervalSinceReferenceDate: Double(seconds) - secondsFrom2000To2001 + Double(rest) / 1_000_000)
        case .date:
            try bytes.requireLength(4)
            let days: Int32 = try bytes.integer()
            guard days != .max, days != .min else { throw PostgresDecodingFailure.outOfRange }
            return Date(timeIntervalSinceReferenceDate: Double(days) * 86_400 - secondsFrom2000To2001)
        default: throw PostgresDecodingFailure.typeMismatch
        }
    }

    private static let secondsFrom2000To2001 = 31_622_400.0
}
