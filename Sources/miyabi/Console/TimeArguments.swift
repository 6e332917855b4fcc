import ArgumentParser
import MiyabiDatabase

/// How every option reads a moment: `transform: Moment.past`.
enum Moment {
    /// Behind what the options' help says.
    static let forms = "2025-11-29, 2025-11-29T10:30:00+09:00, or how long ago: 90s, 30m, 24h, 7d"

    /// Reads a date, a time, or how long ago.
    static func past(_ text: String) throws -> Timestamp {
        guard let moment = Timestamp(bound: text, now: .now()) else {
            throw ValidationError("expected a time (\(forms)).")
        }
        return moment
    }

    /// Reads a date, a time, or how long from now.
    static func future(_ text: String) throws -> Timestamp {
        if let moment = Timestamp(iso8601: text) { return moment }
        guard let span = Duration(text: text, needsUnit: true) else {
            throw ValidationError(
                "expected a time (2026-12-01, 2026-12-01T00:00:00Z, or how long from now: 24h, 365d).")
        }
        return .now() + span
    }
}

/// How every option reads a duration: `transform: Span.within(.zero ... .seconds(300))`.
enum Span {
    /// Reads a duration that lies in a range; a number without a unit is seconds.
    static func within(_ range: ClosedRange<Duration>) -> @Sendable (String) throws -> Duration {
        { text in
            guard let span = Duration(text: text), range.contains(span) else {
                throw ValidationError(
                    "expected a duration such as 30s, 5m, 2h or 7d, from \(name(range.lowerBound)) to "
                        + "\(name(range.upperBound)); without a unit it is in seconds.")
            }
            return span
        }
    }

    /// The shortest form that reads as the same duration.
    static func name(_ span: Duration) -> String {
        let (seconds, attoseconds) = span.components
        if attoseconds != 0 { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
        for (unit, length) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where seconds != 0 && seconds % length == 0
        {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}
