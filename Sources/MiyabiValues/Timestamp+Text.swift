/// Text forms of a moment, by ISO 8601 as RFC 3339 profiles it.
extension Timestamp: CustomStringConvertible {
    /// Reads `2025-11-29`, `2025-11-29T10:30Z`, `2025-11-29T10:30:00.125+09:00`.
    ///
    /// A date alone is its midnight in UTC; a time needs an offset (`Z` or `±HH:MM`), because the same text without
    /// one means other moments on other machines. Digits beyond milliseconds are dropped. A leap second (`:60`)
    /// counts as the next second. Nil for anything else.
    public init?(iso8601 text: some StringProtocol) {
        var reader = DigitReader(Array(text.utf8)[...])
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let dayOfMonth = reader.number(2), let day = CivilDay(year: year, month: month, day: dayOfMonth)
        else { return nil }
        var milliseconds = day.number * 86_400_000
        if !reader.isAtEnd {
            guard reader.skip("T") || reader.skip(" "), let hour = reader.number(2), hour < 24, reader.skip(":"),
                let minute = reader.number(2), minute < 60
            else { return nil }
            milliseconds += Int64(hour * 60 + minute) * 60_000
            if reader.skip(":") {
                guard let second = reader.number(2), second <= 60 else { return nil }
                milliseconds += Int64(second) * 1000
                if reader.skip(".") {
                    guard let fraction = reader.milliseconds() else { return nil }
                    milliseconds += fraction
                }
            }
            guard let offset = reader.offsetInMinutes(), reader.isAtEnd else { return nil }
            milliseconds -= Int64(offset) * 60_000
        }
        self.init(milliseconds: milliseconds)
    }

    /// `2025-11-29T10:30:00.000Z`.
    public var description: String {
        let minute = CivilMinute(self)
        let rest = Int(milliseconds - minute.start.milliseconds)
        return "\(minute.day)T\(minute.timeOfDay):\((rest / 1000).padded(2)).\((rest % 1000).padded(3))Z"
    }
}

/// Takes fixed-width numbers off the front of some bytes.
private struct DigitReader {
    var bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = bytes.first, UInt32(first) == character.value else { return false }
        bytes.removeFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard bytes.count >= width else { return nil }
        var value = 0
        for byte in bytes.prefix(width) {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        bytes.removeFirst(width)
        return value
    }

    /// The digits after a decimal point; at least one.
    mutating func milliseconds() -> Int64? {
        let digits = bytes.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        bytes.removeFirst(digits.count)
        return [100, 10, 1].enumerated().reduce(0) { sum, place in
            let digit = digits.dropFirst(place.offset).first.map { Int64($0 - 0x30) } ?? 0
            return sum + digit * Int64(place.element)
        }
    }

    mutating func offsetInMinutes() -> Int? {
        if skip("Z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

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
