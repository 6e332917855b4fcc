/// How long to wait before a request is sent again: exponential, with full jitter, so that clients that failed together
/// do not come back together; ten times as long when the server asks to slow down.
///
/// Source: AWS, "Retry behavior" in the AWS SDKs and tools reference guide (standard mode).
package struct RetryPolicy: Sendable {
    /// How often a request is sent in all, from 1.
    package let maximumAttempts: Int
    /// The bound of the first wait after a fault.
    package let base: Duration
    /// The bound of every wait.
    package let maximum: Duration

    package init(
        maximumAttempts: Int, base: Duration = .milliseconds(50), maximum: Duration = .seconds(20)
    ) {
        self.maximumAttempts = maximumAttempts
        self.base = base
        self.maximum = maximum
    }

    /// The wait after the attempt of a number from 1.
    ///
    /// - Parameter random: A number from 0 to 1.
    package func delay(afterAttempt attempt: Int, isThrottling: Bool, random: Double) -> Duration {
        let bound = (isThrottling ? base * 10 : base) * (1 << min(attempt - 1, 16))
        return min(bound, maximum) * random
    }
}
