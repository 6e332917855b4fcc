import AWSCore
import DynamoDB
import Synchronization

/// A host's own clock: it goes on when somebody sleeps by it, and then at once.
final class HostClock: Sendable {
    private let moment = Mutex((now: ContinuousClock.now, slept: Duration.zero))

    /// How much time has passed.
    var elapsed: Duration { moment.withLock { $0.slept } }

    /// - Parameter onSleep: What happens elsewhere meanwhile.
    func pacing(_ onSleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }) -> Pacing {
        Pacing(now: { self.moment.withLock { $0.now } }) { duration in
            try await onSleep(duration)
            try Task.checkCancellation()
            self.moment.withLock { $0 = ($0.now + duration, $0.slept + duration) }
        }
    }
}

/// Sleeps until it is cancelled.
func sleepUntilCancelled() async throws {
    try await Task.sleep(for: .seconds(86_400))
}
