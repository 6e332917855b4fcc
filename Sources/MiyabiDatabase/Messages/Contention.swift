import AWSCore
import DynamoDB

/// How long a writer that another was faster than waits before it tries again: a random time, so that those who met do
/// not meet again, below a bound that doubles up to 64 ms. Somebody has got on each time, so it need never give up.
struct Contention {
    private static let waits = RetryPolicy(
        maximumAttempts: .max, base: .milliseconds(1), maximum: .milliseconds(64))
    private var losses = 0

    mutating func wait() async throws {
        losses += 1
        try await Pacing.real.sleep(
            Contention.waits.delay(afterAttempt: losses, isThrottling: false, random: .random(in: 0...1)))
    }
}
