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

    /// The present moment.
    package static var now: SigningDate { SigningDate(secondsSince1970: Platform.secondsSince1970) }

    private static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}

extension SigningDate {
    /// Reads `YYYYMMDD'T'HHMMSS'Z'`, from the year 1970 on; nil for anything else.
    ///
    /// A day that a month does not have is taken for one of the next month.
    package init?(timestamp: String) {
        let text = Array(timestamp.utf8)
        guard text.count == 16, text[8] == UInt8(ascii: "T"), text[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            range.reduce(0) { value, index in
                guard let value, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
                return value * 10 + Int(text[index] - UInt8(ascii: "0"))
            }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), year >= 1970,
            (1...12).contains(month), (1...31).contains(day), let hour = number(9..<11), hour < 24,
            let minute = number(11..<13), minute < 60, let second = number(13..<15), second < 61
        else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSince1970
        self.init(secondsSince1970: days * 86_400 + hour * 3600 + minute * 60 + second)
    }

    /// Reads `2025-11-29T10:30:00Z`, with a fraction or without; nil for anything else.
    init?(iso8601 text: String) {
        var compact = text.filter { $0 != "-" && $0 != ":" }
        if let point = compact.firstIndex(of: "."), compact[point...].dropFirst().dropLast().allSatisfy(\.isNumber) {
            compact = String(compact[..<point] + compact.suffix(1))
        }
        self.init(timestamp: compact)
    }
}

/// A day of the calendar, in UTC.
///
/// Years that begin in March put the leap day last: then months have a fixed pattern.
package struct CivilDate: Sendable, Hashable {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// Makes a day of its parts.
    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that is so many days after the first of 1970; not before that one.
    package init(daysSince1970 days: Int) {
        let shifted = days + CivilDate.daysBefore1970
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since the first of 1970. A day that a month does not have is taken for one of the next month.
    package var daysSince1970: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let marchMonth = month <= 2 ? month + 9 : month - 3
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + (153 * marchMonth + 2) / 5 + day
            - 1
            - CivilDate.daysBefore1970
    }

    /// From the first of March of the year 0.
    private static let daysBefore1970 = 719_468
}
