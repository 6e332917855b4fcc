package import AWSCore

/// Keeps what one worker holds for a time alive while it works.
package struct Heartbeats: Sendable {
    /// How long it is held after each heartbeat.
    let duration: Duration
    /// When it was asked for.
    let begun: ContinuousClock.Instant
    let pacing: Pacing
    /// Thrown when no heartbeat was answered in time: another may have it.
    let lost: any Error
    /// Sends a heartbeat; false where none is needed any more.
    let renew: @Sendable () async throws -> Bool
    /// How long to wait after an error, the attempt's number from 1, until the next attempt; nil if the error is final.
    let delay: @Sendable (_ error: any Error, _ attempt: Int) -> Duration?

    /// - Parameters:
    ///   - duration: How long it is held after each heartbeat.
    ///   - begun: When it was asked for.
    ///   - lost: Thrown when no heartbeat was answered in time.
    ///   - renew: Sends a heartbeat; false where none is needed any more.
    ///   - delay: How long to wait after an error; nil if it is final.
    package init(
        duration: Duration, begun: ContinuousClock.Instant, pacing: Pacing = .real, lost: any Error,
        renew: @escaping @Sendable () async throws -> Bool,
        delay: @escaping @Sendable (_ error: any Error, _ attempt: Int) -> Duration?
    ) {
        self.duration = duration
        self.begun = begun
        self.pacing = pacing
        self.lost = lost
        self.renew = renew
        self.delay = delay
    }

    /// Does some work with a heartbeat every third of the duration beside it. The work is cancelled when a heartbeat fails,
    /// and has ended when this throws.
    package func beside<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await keepAlive()
                return nil
            }
            for try await case let value? in group { return value }
            throw CancellationError()
        }
    }

    private func keepAlive() async throws {
        let interval = duration / 3
        var begun = begun
        repeat {
            try await pacing.sleep(max(.zero, begun + interval - pacing.now()))
            begun = pacing.now()
        } while try await renew(within: duration - interval)
    }

    /// Renews, as often as it takes to get an answer.
    private func renew(within limit: Duration) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await pacing.sleep(limit)
                throw lost
            }
            group.addTask {
                var attempts = 0
                while true {
                    do { return try await renew() } catch {
                        attempts += 1
                        guard let delay = delay(error, attempts) else { throw error }
                        try await pacing.sleep(delay)
                    }
                }
            }
            return try await group.next() ?? false
        }
    }
}
