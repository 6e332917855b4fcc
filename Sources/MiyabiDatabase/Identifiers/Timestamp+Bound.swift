extension Timestamp {
    /// Reads a moment as a person types it: ISO 8601 (``init(iso8601:)``), or how long ago (`90s`, `30m`, `24h`, `7d`).
    /// Nil for anything else.
    public init?(bound text: String, now: Timestamp) {
        if let moment = Timestamp(iso8601: text) {
            self = moment
        } else if let ago = Duration(text: text, needsUnit: true) {
            self = now - ago
        } else {
            return nil
        }
    }
}

extension Duration {
    /// Reads a duration as a person types it: a whole number with `ms`, `s`, `m`, `h`, `d` or `w` behind it (`500ms`,
    /// `90s`, `7d`); without a unit it means seconds, where that is allowed. Nil for anything else.
    package init?(text: String, needsUnit: Bool = false) {
        let number = text.prefix { $0.isASCII && $0.isNumber }
        let units: [Substring: Int64] = [
            "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "ms": 1,
        ]
        let unit = text.dropFirst(number.count)
        guard let count = Int64(number), let scale = unit.isEmpty && !needsUnit ? 1000 : units[unit] else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: scale)
        // Added to any moment or deadline, it stays far from the end of the clocks: 10,000 years.
        guard !overflow, milliseconds <= 315_576_000_000_000 else { return nil }
        self = .milliseconds(milliseconds)
    }
}
