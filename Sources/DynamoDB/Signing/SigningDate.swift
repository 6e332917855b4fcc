/// A moment in the two forms that a signature needs, in UTC.
package struct SigningDate: Sendable, Hashable {
    package let secondsSince1970: Int
    /// `YYYYMMDD`.
    package let day: String
    /// `YYYYMMDD'T'HHMMSS'Z'`.
    package let timestamp: String

    /// Forms a moment after 1970.
    package init(secondsSince1970 seconds: Int) {
        secondsSince1970 = seconds
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: days)
        day = "\(date.year)" + SigningDate.two(date.month) + SigningDate.two(date.day)
        timestamp =
            day + "T" + SigningDate.two(second / 3600) + SigningDate.two(second / 60 % 60)
            + SigningDate.two(second % 60) + "Z"
    }

    private static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}
