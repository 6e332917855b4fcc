internal import Dispatch
internal import Synchronization

/// Makes writes durable, many with one `fdatasync`.
///
/// A write is first handed to the operating system and visible; its caller then waits here. One thread syncs the log
/// for all who came before the sync began, while the next group gathers.
final class GroupCommit: Sendable {
    private struct State {
        var waiters: [CheckedContinuation<Void, any Error>] = []
        var isSyncing = false
    }

    private let sync: @Sendable () throws -> Void
    private let isEnabled: Bool
    private let state = Mutex(State())
    /// Writes that are or may be visible and are not known to be on disk.
    private let unsettled = Atomic(0)
    private let queue = DispatchQueue(label: "miyabi.dynamodb.sync", qos: .userInitiated)

    /// - Parameters:
    ///   - isEnabled: false to acknowledge without waiting, for throw-away data.
    ///   - sync: returns once all earlier writes are on disk.
    init(isEnabled: Bool, sync: @escaping @Sendable () throws -> Void) {
        self.isEnabled = isEnabled
        self.sync = sync
    }

    /// To be called before a write becomes visible.
    func beginWrite() {
        if isEnabled { unsettled.add(1, ordering: .sequentiallyConsistent) }
    }

    /// To be called instead of ``settleWrite()`` when the write was not made.
    func abandonWrite() {
        if isEnabled { unsettled.subtract(1, ordering: .sequentiallyConsistent) }
    }

    /// Waits until the caller's write is on disk.
    ///
    /// - Throws: the sync's error. The write stays unsettled then: nobody shall be told what may be lost.
    func settleWrite() async throws {
        guard isEnabled else { return }
        try await nextSync()
        unsettled.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Waits until everything that the caller may have read is on disk; at once if nothing is in flight.
    ///
    /// Without this, a strongly consistent read could tell of a write that a power failure then undoes.
    func settleReads() async throws {
        guard isEnabled, unsettled.load(ordering: .sequentiallyConsistent) != 0 else { return }
        try await nextSync()
    }

    private func nextSync() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiters.append(continuation)
                defer { state.isSyncing = true }
                return !state.isSyncing
            }
            if isFirst { gather() }
        }
    }

    /// Starts a sync once the tasks that can run now have had their turn, so that what they write is in the group.
    ///
    /// A sync costs processor time too: with as many writers as there is time for, each would otherwise have its own.
    /// Where nothing else is to be done the turn comes at once.
    private func gather() {
        if unsettled.load(ordering: .sequentiallyConsistent) <= 1 {
            queue.async { self.syncGroup() }
        } else {
            Task.detached { self.queue.async { self.syncGroup() } }
        }
    }

    private func syncGroup() {
        let group = state.withLock { state in
            defer { state.waiters.removeAll() }
            return state.waiters
        }
        let result = Result { try sync() }
        for waiter in group { waiter.resume(with: result) }
        let isAwaited = state.withLock { state in
            state.isSyncing = !state.waiters.isEmpty
            return state.isSyncing
        }
        if isAwaited { gather() }
    }
}
