/// Waiting for something outside this process that announces itself only by being there.
package enum Polling {
    /// Asks every 10 ms until the answer is yes or the time is over; a cancelled task keeps waiting, since what is waited
    /// for here is the end of a clean-up.
    package static func until(within limit: Duration, _ condition: @Sendable () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while true {
            if condition() { return true }
            if ContinuousClock.now >= deadline { return false }
            await pause(.milliseconds(10))
        }
    }

    /// Sleeps even in a cancelled task.
    package static func pause(_ duration: Duration) async {
        _ = await Task.detached { try? await Task.sleep(for: duration) }.value
    }
}
