/// How long to wait before a request is sent again: exponential, with full jitter, so that clients that failed together
/// do not come back together; ten times as long when the server asks to slow down.
///
/// Source: AWS, "Retry behavior" in the AWS SDKs and tools reference guide (standard mode).
struct RetryPolicy: Sendable {
    /// How often a request is sent in all, from 1.
    let maximumAttempts: Int
    /// The bound of the first wait after a fault.
    var base: Duration = .milliseconds(50)
    /// The bound of every wait.
    var maximum: Duration = .seconds(20)

    /// The wait after the attempt of a number from 1.
    ///
    /// - Parameter random: A number from 0 to 1.
    func delay(afterAttempt attempt: Int, isThrottling: Bool, random: Double) -> Duration {
        let bound = (isThrottling ? base * 10 : base) * (1 << min(attempt - 1, 16))
        return min(bound, maximum) * random
    }
}
