/// A UTC calendar date in the proleptic Gregorian calendar, counted in days since 1970-01-01.
///
/// The conversion is plain integer arithmetic (years begin in March, so that the leap day is a year's last):
/// events are recorded by the hundred thousand a second, and each needs its day and minute as text.
package struct CivilDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// The day that a moment falls on, in UTC.
    package init(_ moment: Timestamp) {
        number = moment.milliseconds.flooredQuotient(86_400_000)
    }

    /// A calendar date; nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, (0...9999).contains(year) else { return nil }
        let marchYear = Int64(month <= 2 ? year - 1 : year)
        let era = marchYear.flooredQuotient(400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        // The 31st of a shorter month computes to a day of the next month.
        guard components.month == month, components.day == day else { return nil }
    }

    package var components: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(day))
    }

    /// `2025-11-29`.
    package var description: String {
        let (year, month, day) = components
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }

    package static func < (left: CivilDay, right: CivilDay) -> Bool {
        left.number < right.number
    }
}

/// A minute of UTC, counted since 1970-01-01T00:00Z: the unit in which events of one type share a partition.
package struct CivilMinute: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Minutes since 1970-01-01T00:00Z.
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// The minute that a moment falls in.
    package init(_ moment: Timestamp) {
        number = moment.milliseconds.flooredQuotient(60_000)
    }

    /// The minute `HH:mm` of a day; nil for other text.
    package init?(day: CivilDay, timeOfDay: Substring) {
        let parts = timeOfDay.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int64(parts[0]), let minute = Int64(parts[1]),
            (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        number = day.number * 1440 + hour * 60 + minute
    }

    package var day: CivilDay {
        CivilDay(number: number.flooredQuotient(1440))
    }

    /// The minute's first millisecond.
    package var start: Timestamp {
        Timestamp(milliseconds: number * 60_000)
    }

    /// `10:30`.
    package var timeOfDay: String {
        let minute = Int(number - day.number * 1440)
        return "\((minute / 60).padded(2)):\((minute % 60).padded(2))"
    }

    /// `2025-11-29T10:30Z`.
    package var description: String {
        "\(day)T\(timeOfDay)Z"
    }

    package static func < (left: CivilMinute, right: CivilMinute) -> Bool {
        left.number < right.number
    }
}

extension BinaryInteger {
    /// The decimal digits, with zeros before them up to a width. For values that are not negative.
    package func padded(_ width: Int) -> String {
        let digits = String(self)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
