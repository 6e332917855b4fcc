/// The state of one alarm. Pure: it is told values and the time, and says when something changes.
public struct AlarmMachine: Sendable, Codable, Equatable {
    /// As CloudWatch calls them.
    public enum State: String, Sendable, Codable {
        case ok = "OK"
        case alarm = "ALARM"
        case insufficientData = "INSUFFICIENT_DATA"
    }

    /// How it is.
    public private(set) var state = State.insufficientData
    /// Since when, in milliseconds since 1970; nil before the first value.
    public private(set) var since: Int64?
    /// The value that was seen last.
    public private(set) var value: Double?
    private var badSince: Int64?
    private var goodSince: Int64?
    private var unknownSince: Int64?

    /// Nothing is known yet.
    public init() {}

    /// How long things must last, in milliseconds.
    public struct Times: Sendable {
        /// To be bad before it is an alarm.
        public var duration: Int64
        /// To be good again before it is none.
        public var recovery: Int64
        /// To be unknown before that is told.
        public var patience: Int64

        /// Times of a rule.
        public init(duration: Int64, recovery: Int64, patience: Int64) {
            (self.duration, self.recovery, self.patience) = (duration, recovery, patience)
        }
    }

    /// Takes a value in.
    ///
    /// - Parameters:
    ///   - value: nil where it is unknown.
    ///   - isBad: whether a value is on the wrong side of the threshold.
    ///   - isGood: whether it is on the right side by enough to end an alarm.
    /// - Returns: the state before, if it changes.
    public mutating func take(
        _ value: Double?, at now: Int64, _ times: Times, isBad: (Double) -> Bool, isGood: (Double) -> Bool
    ) -> State? {
        guard let value else {
            (badSince, goodSince) = (nil, nil)
            unknownSince = unknownSince ?? now
            guard now - (unknownSince ?? now) >= times.patience else { return nil }
            self.value = nil
            return change(to: .insufficientData, at: now)
        }
        unknownSince = nil
        self.value = value
        if isBad(value) {
            goodSince = nil
            badSince = badSince ?? now
            if now - (badSince ?? now) >= times.duration { return change(to: .alarm, at: now) }
        } else {
            badSince = nil
            goodSince = isGood(value) ? goodSince ?? now : nil
            if state == .alarm {
                guard let goodSince, now - goodSince >= times.recovery else { return nil }
                return change(to: .ok, at: now)
            }
        }
        return state == .insufficientData ? change(to: .ok, at: now) : nil
    }

    private mutating func change(to new: State, at now: Int64) -> State? {
        guard new != state else { return nil }
        defer { (state, since) = (new, now) }
        return state
    }
}
