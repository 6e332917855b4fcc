import MiyabiSystem

/// A change of an alarm: what is told, and kept in the history.
public struct AlarmEvent: Sendable, Codable, Equatable {
    /// The alarm.
    public var alarm: String
    /// What it has become.
    public var state: AlarmMachine.State
    /// What it was.
    public var before: AlarmMachine.State
    /// When, in milliseconds since 1970.
    public var time: Int64
    /// How bad it is.
    public var severity: AlarmRule.Severity
    /// The value that decided; nil where it is unknown.
    public var value: Double?
    /// What it was compared with.
    public var threshold: String
    /// Which series it was of, where it was one.
    public var series: String?
    /// What it means.
    public var meaning: String
    /// What to do.
    public var runbook: String
    /// Whether it was kept in the history only.
    public var isSilenced = false
    /// Whether nothing has happened, and somebody tries who is told.
    public var isTest = false

    /// An event of a rule.
    public init(
        _ rule: AlarmRule, _ state: AlarmMachine.State, before: AlarmMachine.State, at time: Int64, value: Double?,
        series: String? = nil
    ) {
        (alarm, severity, meaning, runbook) = (rule.name, rule.severity, rule.meaning, rule.runbook)
        (self.state, self.before, self.time, self.value, self.series) = (state, before, time, value, series)
        threshold = "\(rule.comparison.rawValue) \(rule.threshold.text)"
    }

    /// Whether anybody wants to be told: an alarm begins, or ends.
    public var isTold: Bool { state == .alarm || before == .alarm }

    /// For a log.
    public var sentence: String {
        let figure = value.map { " (\(AlarmRule.plain($0)) \(threshold)\(series.map { ", \($0)" } ?? ""))" } ?? ""
        let test = isTest ? "this is a test: " : ""
        return switch state {
        case .alarm: "\(test)alarm \(alarm): \(meaning)\(figure) \(runbook)"
        case .ok: "\(test)alarm \(alarm) is over\(figure)"
        case .insufficientData: "\(test)alarm \(alarm): not known any more"
        }
    }
}
