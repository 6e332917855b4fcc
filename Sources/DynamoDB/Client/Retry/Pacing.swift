/// Time as the client sees it. Tests put their own in its place, and wait for nothing.
struct Pacing: Sendable {
    /// The present moment.
    let now: @Sendable () -> ContinuousClock.Instant
    /// Waits.
    let sleep: @Sendable (Duration) async throws -> Void

    /// Real time.
    static let real = Pacing(now: { .now }, sleep: { try await ContinuousClock().sleep(for: $0) })
}
