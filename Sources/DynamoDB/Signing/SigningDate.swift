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
        // Years that begin in March put the leap day last: then months have a fixed pattern.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)

        day = "\(year)" + SigningDate.two(month) + SigningDate.two(dayOfMonth)
        timestamp =
            day + "T" + SigningDate.two(second / 3600) + SigningDate.two(second / 60 % 60)
            + SigningDate.two(second % 60) + "Z"
    }

    private static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}
