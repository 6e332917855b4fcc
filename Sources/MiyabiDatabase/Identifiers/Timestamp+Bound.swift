extension Timestamp {
    /// Reads a moment as a person types it: ISO 8601 (``init(iso8601:)``), or how long ago in whole seconds, minutes,
    /// hours or days (`90s`, `30m`, `24h`, `7d`). Nil for anything else.
    public init?(bound text: String, now: Timestamp) {
        if let moment = Timestamp(iso8601: text) {
            self = moment
            return
        }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0 else {
            return nil
        }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow, seconds < Int64.max / 2000 else { return nil }
        milliseconds = now.milliseconds - seconds * 1000
    }
}
