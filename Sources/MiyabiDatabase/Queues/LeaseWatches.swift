import Synchronization

/// What a process saw of the leases on a queue's tasks, from one claim to the next.
final class LeaseWatches: Sendable {
    private let watches = Mutex<[String: LeaseWatch]>([:])

    /// For how long a task's lease has been seen unchanged.
    func see(_ task: QueuedTask, at now: ContinuousClock.Instant) -> Duration {
        watches.withLock { $0[task.id, default: LeaseWatch()].see(task.record, at: now) }
    }

    /// Forgets all tasks but those that are still there.
    func keep(_ ids: Set<String>) {
        watches.withLock { $0 = $0.filter { ids.contains($0.key) } }
    }
}
