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
