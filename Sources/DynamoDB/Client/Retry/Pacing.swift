/// Time as the client and the stores above it see it. Tests put their own in its place, and wait for nothing.
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
