import Logging
import MiyabiHome

/// Judges every sample by all rules, keeps what changes, and has it told.
struct AlarmDesk {
    private let rules: [AlarmRule]
    private let files: AlarmFiles
    private let pace: Double
    private var machines: [String: AlarmMachine]

    /// - Parameter pace: how many times faster time passes, for tests.
    init(rules: [AlarmRule] = AlarmRules.all, files: AlarmFiles, pace: Double = 1) {
        (self.rules, self.files, self.pace) = (rules, files, pace)
        machines = files.states()
    }

    /// The states by alarm.
    var states: [String: AlarmMachine] { machines }

    /// Judges the last of the samples.
    ///
    /// - Returns: what has changed.
    mutating func judge(_ samples: [Sample]) throws -> [AlarmEvent] {
        guard let latest = samples.last else { return [] }
        var events: [AlarmEvent] = []
        let silences = files.silences(at: latest.time)
        for rule in rules {
            var machine = machines[rule.name] ?? AlarmMachine()
            let found = rule.expression.value(of: samples, pace: pace)
            let limit = rule.threshold.number(latest, pace: pace)
            let value = limit == nil ? nil : found?.value
            let before = machine.take(
                value, at: latest.time, times(of: rule), isBad: { rule.isBad($0, limit ?? 0) },
                isGood: { rule.isGood($0, limit ?? 0) })
            machines[rule.name] = machine
            guard let before else { continue }
            var event = AlarmEvent(
                rule, machine.state, before: before, at: latest.time, value: value,
                series: found?.series.map(\.description))
            event.isSilenced = silences[rule.name] != nil
            // What was never known, and now is in order, is no event.
            guard event.isTold || before == .ok else { continue }
            events.append(event)
            try files.append(event)
        }
        // Small, and read by `miyabi alarms`.
        try files.write(machines)
        return events
    }

    private func times(of rule: AlarmRule) -> AlarmMachine.Times {
        let milliseconds = 1000 / pace
        return AlarmMachine.Times(
            duration: Int64(rule.duration * milliseconds), recovery: Int64(min(rule.duration, 60) * milliseconds),
            patience: Int64(60 * milliseconds))
    }
}

extension AlarmRule {
    func isBad(_ value: Double, _ limit: Double) -> Bool { comparison == .above ? value > limit : value < limit }

    func isGood(_ value: Double, _ limit: Double) -> Bool {
        comparison == .above ? value <= limit * (1 - hysteresis) : value >= limit * (1 + hysteresis)
    }
}
