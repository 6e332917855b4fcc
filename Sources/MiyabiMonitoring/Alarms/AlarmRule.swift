/// An alarm, as data.
public struct AlarmRule: Sendable, Equatable {
    /// How bad it is.
    public enum Severity: String, Sendable, Codable { case warning, critical }
    /// Which side of the threshold is bad.
    public enum Comparison: String, Sendable { case above = ">", below = "<" }

    /// A threshold, which can depend on the machine.
    public enum Threshold: Sendable, Equatable {
        /// The same everywhere.
        case value(Double)
        /// Seconds: a test makes them shorter.
        case seconds(Double)
        /// A share of a gauge that tells how large the machine is, and a bound that it never exceeds.
        case share(Double, of: String, atMost: Double?)

        /// The number, where it is known.
        func number(_ sample: Sample, pace: Double) -> Double? {
            switch self {
            case .value(let value): value
            case .seconds(let seconds): seconds / pace
            case .share(let share, let metric, let bound):
                sample.gauges(metric).first.map { min($0.value * share, bound ?? .infinity) }
            }
        }

        var promQL: String {
            switch self {
            case .value(let value), .seconds(let value): AlarmRule.plain(value)
            case .share(let share, let metric, nil): "scalar(max(\(metric)) * \(AlarmRule.plain(share)))"
            case .share(let share, let metric, .some(let bound)):
                "scalar(clamp_max(max(\(metric)) * \(AlarmRule.plain(share)), \(AlarmRule.plain(bound))))"
            }
        }

        /// For people.
        public var text: String {
            switch self {
            case .value(let value): AlarmRule.plain(value)
            case .seconds(let seconds): "\(AlarmRule.plain(seconds)) s"
            case .share(let share, let metric, let bound):
                "\(AlarmRule.plain(share * 100)) % of \(metric)"
                    + (bound.map { ", at most \(AlarmRule.plain($0))" } ?? "")
            }
        }
    }

    /// What commands and silences call it.
    public let name: String
    /// How bad it is.
    public let severity: Severity
    /// What it looks at.
    public let expression: AlarmExpression
    /// Which side is bad.
    public let comparison: Comparison
    /// What must not be passed.
    public let threshold: Threshold
    /// How much better than the threshold it must be again before the alarm ends: a share of the threshold.
    public let hysteresis: Double
    /// Seconds for which it has to be bad.
    public let duration: Double
    /// What it means, in a sentence.
    public let meaning: String
    /// What to do.
    public let runbook: String

    init(
        _ name: String, _ severity: Severity, _ expression: AlarmExpression, _ comparison: Comparison,
        _ threshold: Threshold, for duration: Double, hysteresis: Double = 0, meaning: String, runbook: String
    ) {
        (self.name, self.severity, self.expression, self.comparison) = (name, severity, expression, comparison)
        (self.threshold, self.duration, self.hysteresis) = (threshold, duration, hysteresis)
        (self.meaning, self.runbook) = (meaning, runbook)
    }

    /// The condition as PromQL.
    var promQL: String { "\(expression.promQL) \(comparison.rawValue) \(threshold.promQL)" }

    /// A number without an exponent or a needless ".0".
    static func plain(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        let rounded = (value * 10_000).rounded() / 10_000
        return "\(rounded)"
    }
}
