public import Postgres

/// A calendar month in UTC, written `2025-11`: the period that usage is billed for.
public struct UsageMonth: RawRepresentable, Sendable, Hashable, Comparable, Codable, LosslessStringConvertible {
    /// The year; 0 or more.
    public let year: Int
    /// 1 to 12.
    public let month: Int

    /// The month that a moment falls in.
    public init(containing moment: Timestamp) {
        (year, month, _) = CivilDay(moment).components
    }

    /// Reads `2025-11`; nil for anything else.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 7, let start = Timestamp(iso8601: rawValue + "-01") else { return nil }
        self.init(containing: start)
    }

    /// Reads `2025-11`; nil for anything else.
    public init?(_ description: String) { self.init(rawValue: description) }

    /// `2025-11`.
    public var rawValue: String { "\(year.padded(4))-\(month.padded(2))" }

    /// `2025-11`.
    public var description: String { rawValue }

    /// By time.
    public static func < (left: UsageMonth, right: UsageMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}

extension UsageMonth: PostgresDecodable {}
