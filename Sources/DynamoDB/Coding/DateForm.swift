import FoundationEssentials

/// How a `Date` stands in an item. DynamoDB has no type for it, so the one that an application means is always said.
public enum DateForm: Sendable, Hashable {
    /// A number of whole seconds since 1970, as time to live needs it. Fractions are cut off.
    case secondsSince1970
    /// A number of whole milliseconds since 1970. Finer fractions are rounded.
    case millisecondsSince1970
    /// A string such as `2025-11-29T10:30:00.000Z`: UTC, with milliseconds, so that texts sort as moments do.
    case iso8601

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    func value(_ date: Date) -> AttributeValue? {
        switch self {
        case .secondsSince1970: Int(exactly: date.timeIntervalSince1970.rounded(.down)).map { .number($0) }
        case .millisecondsSince1970: Int(exactly: (date.timeIntervalSince1970 * 1000).rounded()).map { .number($0) }
        case .iso8601: .string(DateForm.style.format(date))
        }
    }

    /// The date; nil for a value of another form. A text may lack its fraction.
    func date(_ value: AttributeValue) -> Date? {
        switch self {
        case .secondsSince1970: value.double.map { Date(timeIntervalSince1970: $0) }
        case .millisecondsSince1970: value.double.map { Date(timeIntervalSince1970: $0 / 1000) }
        case .iso8601:
            value.string.flatMap { text in
                (try? DateForm.style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
            }
        }
    }
}
