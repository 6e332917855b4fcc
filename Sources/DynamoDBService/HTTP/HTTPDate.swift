internal import AWSCore

/// The value of the header `Date`, which is made once a second.
///
/// Source: RFC 9110, section 5.6.7 (IMF-fixdate).
struct HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var second = Int.min
    private var text = ""

    /// The text of a moment; one before 1970 is told as 1970.
    mutating func text(secondsSince1970 seconds: Int) -> String {
        if seconds != second || text.isEmpty {
            second = seconds
            text = HTTPDate.format(max(seconds, 0))
        }
        return text
    }

    private static func format(_ seconds: Int) -> String {
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: days)
        let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        return "\(self.days[days % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(time) GMT"
    }

    private static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}
