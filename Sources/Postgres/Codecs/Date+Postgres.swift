public import FoundationEssentials

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
