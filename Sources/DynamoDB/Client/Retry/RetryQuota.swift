import Synchronization

/// A budget of retries that all requests of a client share: when a server is down, it stops the client from sending
/// several times the load. Success pays back.
///
/// Source: AWS, "Retry behavior" in the AWS SDKs and tools reference guide (standard mode, retry quota).
final class RetryQuota: Sendable {
    /// The budget when nothing is wrong.
    static let capacity = 500
    /// What a retry costs.
    static let retryCost = 5
    /// What a success at the first attempt pays back.
    static let successGain = 1

    private let available = Mutex(RetryQuota.capacity)

    /// Takes a retry's cost; false when the budget is used up.
    func withdraw() -> Bool {
        available.withLock { available in
            guard available >= RetryQuota.retryCost else { return false }
            available -= RetryQuota.retryCost
            return true
        }
    }

    /// Pays back after a success: the cost of the last retry, or a little when there was none.
    func deposit(afterRetry: Bool) {
        available.withLock { available in
            let gain = afterRetry ? RetryQuota.retryCost : RetryQuota.successGain
            available = min(available + gain, RetryQuota.capacity)
        }
    }
}
