internal import Dispatch
internal import Synchronization

/// Makes writes durable, many with one `fdatasync`.
///
/// A write is first handed to the operating system and visible; its caller then waits here. One thread syncs the log
/// for all who came before the sync began, while the next group gathers.
final class GroupCommit: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private let sync: @Sendable () throws -> Void
    private let isEnabled: Bool
    private let state = Mutex(GroupCommitState<Waiter>())
    private let unsettled = UnsettledWrites()
    /// How many writes are counted in `unsettled`.
    private let pending = Atomic(0)
    private let queue = DispatchQueue(label: "miyabi.dynamodb.sync", qos: .userInitiated)

    /// - Parameters:
    ///   - isEnabled: false to acknowledge without waiting, for throw-away data.
    ///   - sync: returns once all earlier writes are on disk.
    init(isEnabled: Bool, sync: @escaping @Sendable () throws -> Void) {
        self.isEnabled = isEnabled
        self.sync = sync
    }

    /// To be called before a write becomes visible.
    func beginWrite(_ footprint: Footprint) {
        guard isEnabled else { return }
        pending.add(1, ordering: .sequentiallyConsistent)
        unsettled.add(footprint)
    }

    /// To be called instead of ``settleWrite(_:)`` when the write was not made.
    func abandonWrite(_ footprint: Footprint) {
        if isEnabled { forget(footprint) }
    }

    private func forget(_ footprint: Footprint) {
        unsettled.remove(footprint)
        pending.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Waits until the caller's write is on disk.
    ///
    /// - Throws: the sync's error. The write stays unsettled then: nobody shall be told what may be lost.
    func settleWrite(_ footprint: Footprint) async throws {
        guard isEnabled else { return }
        try await nextSync()
        forget(footprint)
    }

    /// Waits until everything that a read of this scope may have seen is on disk; at once if nothing there is in flight.
    ///
    /// Without this, a strongly consistent read could tell of a write that a power failure then undoes.
    func settleReads(of scope: @autoclosure () -> ReadScope) async throws {
        guard isEnabled, pending.load(ordering: .sequentiallyConsistent) != 0, unsettled.touch(scope()) else { return }
        try await nextSync()
    }

    /// Throws if no write can become durable any more.
    func check() throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Waits until everything that was written before the call is on disk.
    func nextSync() async throws {
        guard isEnabled else { return }
        try await withCheckedThrowingContinuation { continuation in
            switch state.withLock({ $0.arrive(continuation) }) {
            case .wait: break
            case .gather: gather()
            case .refuse(let error): continuation.resume(throwing: error)
            }
        }
    }

    /// Starts a sync once the tasks that can run now have had their turn, so that what they write is in the group.
    ///
    /// A sync costs processor time too: with as many writers as there is time for, each would otherwise have its own.
    /// Where nothing else is to be done the turn comes at once.
    private func gather() {
        if pending.load(ordering: .sequentiallyConsistent) <= 1 {
            queue.async { self.syncGroup() }
        } else {
            Task.detached { self.queue.async { self.syncGroup() } }
        }
    }

    private func syncGroup() {
        state.withLock { $0.syncBegins() }
        let result = Result { try sync() }
        let ending = state.withLock { $0.syncEnds(result) }
        for waiter in ending.group { waiter.resume(with: result) }
        if ending.gathers { gather() }
    }
}
