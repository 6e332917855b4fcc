/// Capacity that flows in evenly and is kept for five minutes if it is not used.
///
/// A request is let in while anything is left, and then takes what it really consumed, which can be more: the next ones
/// wait until that is made up for. So large requests get through, and the average holds.
///
/// Source: AWS, "Burst capacity", Amazon DynamoDB developer guide.
struct TokenBucket: Sendable {
    /// Seconds for which unused capacity is kept.
    static let burst = 300.0

    /// Units a second.
    private var rate: Double
    private var level: Double
    private var time: Double

    /// A new table has the capacity of one second, and none saved up.
    ///
    /// - Parameter time: in seconds on any clock that only goes forward.
    init(rate: Double, at time: Double) {
        self.rate = rate
        self.time = time
        level = rate
    }

    /// Lets time pass.
    ///
    /// - Parameter rate: from now on.
    mutating func advance(to time: Double, rate: Double) {
        level = min(level + max(0, time - self.time) * self.rate, rate * TokenBucket.burst)
        self.time = max(time, self.time)
        self.rate = rate
    }

    /// Whether a request is let in.
    var isOpen: Bool { level > 0 }

    mutating func take(_ units: Double) {
        level -= units
    }
}
