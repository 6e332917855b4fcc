import Dispatch
import Synchronization

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
    private let syncs = Atomic(0)
    private let syncNanoseconds = Atomic(0)
    private let settled = Atomic(0)

    /// How many syncs were made, for how many waiters together, and how long they took.
    var syncFigures: (count: Int, waiters: Int, seconds: Double) {
        (
            syncs.load(ordering: .relaxed), settled.load(ordering: .relaxed),
            Double(syncNanoseconds.load(ordering: .relaxed)) / 1e9
        )
    }

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
        let begin = DispatchTime.now().uptimeNanoseconds
        let result = Result { try sync() }
        let ending = state.withLock { $0.syncEnds(result) }
        syncs.add(1, ordering: .relaxed)
        settled.add(ending.group.count, ordering: .relaxed)
        syncNanoseconds.add(Int(DispatchTime.now().uptimeNanoseconds &- begin), ordering: .relaxed)
        for waiter in ending.group { waiter.resume(with: result) }
        if ending.gathers { gather() }
    }
}

/// Who waits for which sync of the log. Knows neither threads nor disks: it says what is to be done, and is told what was.
///
/// A sync vouches only for what was written before it began. After one has failed none is made again: the operating
/// system reports a failed write-back once, and may have dropped what it could not write, so that a later sync would
/// succeed without it.
struct GroupCommitState<Waiter: Sendable>: Sendable {
    private enum Phase {
        case idle
        /// A sync is going to begin.
        case gathering
        case syncing(group: [Waiter])
        case failed(any Error)
    }

    private var phase = Phase.idle
    /// Those for whom the next sync is.
    private var waiters: [Waiter] = []

    /// Why no sync is made any more; nil if that is not so.
    var failure: (any Error)? {
        if case .failed(let error) = phase { error } else { nil }
    }

    /// What is to be done for one who arrives.
    enum Arrival {
        /// Begin a sync soon.
        case gather
        /// Nothing: a sync is going to come.
        case wait
        /// Tell the waiter that what it wrote or read may be lost.
        case refuse(any Error)
    }

    /// Somebody waits until all that is written now is on disk.
    mutating func arrive(_ waiter: Waiter) -> Arrival {
        switch phase {
        case .failed(let error): return .refuse(error)
        case .idle:
            phase = .gathering
            waiters.append(waiter)
            return .gather
        case .gathering, .syncing:
            waiters.append(waiter)
            return .wait
        }
    }

    /// The sync that was asked for begins.
    mutating func syncBegins() {
        guard case .gathering = phase else { preconditionFailure("A sync begins once for each time it is asked for") }
        phase = .syncing(group: waiters)
        waiters = []
    }

    /// What is to be done when a sync has ended.
    struct Ending {
        /// To be told the sync's result.
        let group: [Waiter]
        /// Whether a sync is to begin for those who came meanwhile.
        var gathers = false
    }

    /// The sync has ended. If it has failed, so has the one for those who came meanwhile.
    mutating func syncEnds(_ result: Result<Void, any Error>) -> Ending {
        guard case .syncing(let group) = phase else { preconditionFailure("Only a sync that has begun ends") }
        switch result {
        case .success:
            let gathers = !waiters.isEmpty
            phase = gathers ? .gathering : .idle
            return Ending(group: group, gathers: gathers)
        case .failure(let error):
            phase = .failed(error)
            defer { waiters = [] }
            return Ending(group: group + waiters)
        }
    }
}
