import Synchronization

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

/// A budget of retries that all requests of a client share: when a server is down, it stops the client from sending
/// several times the load. Success pays back.
///
/// Source: AWS, "Retry behavior" in the AWS SDKs and tools reference guide (standard mode, retry quota).
package final class RetryQuota: Sendable {
    /// The budget when nothing is wrong.
    package static let capacity = 500
    /// What a retry costs.
    package static let retryCost = 5
    /// What a success at the first attempt pays back.
    static let successGain = 1

    private let available = Mutex(RetryQuota.capacity)

    /// A full budget.
    package init() {}

    /// Takes a retry's cost; false when the budget is used up.
    package func withdraw() -> Bool {
        available.withLock { available in
            guard available >= RetryQuota.retryCost else { return false }
            available -= RetryQuota.retryCost
            return true
        }
    }

    /// Pays back after a success: the cost of the last retry, or a little when there was none.
    package func deposit(afterRetry: Bool) {
        available.withLock { available in
            let gain = afterRetry ? RetryQuota.retryCost : RetryQuota.successGain
            available = min(available + gain, RetryQuota.capacity)
        }
    }
}

/// Time as clients and what stands above them see it. Tests put their own in its place, and wait for nothing.
package struct Pacing: Sendable {
    /// The present moment.
    package let now: @Sendable () -> ContinuousClock.Instant
    /// Waits.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// Some other time.
    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// Real time.
    package static let real = Pacing(now: { .now }, sleep: { try await ContinuousClock().sleep(for: $0) })
}
