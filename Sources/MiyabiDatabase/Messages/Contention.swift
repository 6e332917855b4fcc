/// How long a writer that another was faster than waits before it tries again: a random time, so that those who met do
/// not meet again, below a bound that doubles up to 64 ms. Somebody has got on each time, so it need never give up.
struct Contention {
    private var losses = 0

    mutating func wait() async throws {
        let bound = Duration.milliseconds(1 << min(losses, 6))
        losses += 1
        try await ContinuousClock().sleep(for: bound * Double.random(in: 0...1))
    }
}
