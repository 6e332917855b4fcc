internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Numbers commits, and tells up to which number all of them are on disk.
///
/// A number is taken under the locks of the items that the commit changes: of two changes of one item the later has
/// the greater number. Numbers are microseconds since 1970, or one more than the last where the clock gives none, so
/// that logs of changes are in order of time.
final class CommitClock: Sendable {
    private struct State {
        var last: UInt64 = 0
        /// Commits that are not settled, in ascending order. A handful: as many as there are writers.
        var open: [UInt64] = []
    }

    /// Microseconds since 1970.
    let now: @Sendable () -> UInt64
    private let state = Mutex(State())

    init(now: @escaping @Sendable () -> UInt64 = microsecondsSince1970) {
        self.now = now
    }

    /// Takes the next number. The commit is open until ``end(_:)``.
    func begin() -> UInt64 {
        let now = now()
        return state.withLock { state in
            state.last = max(state.last + 1, now)
            state.open.append(state.last)
            return state.last
        }
    }

    /// A number that no commit has: smaller ones have begun before this call, greater ones begin after it.
    func mark() -> UInt64 {
        let now = now()
        return state.withLock { state in
            state.last = max(state.last + 1, now)
            return state.last
        }
    }

    /// Closes a commit that is on disk, or that was not made.
    func end(_ number: UInt64) {
        state.withLock { state in
            if let index = state.open.firstIndex(of: number) { state.open.remove(at: index) }
        }
    }

    /// Every commit up to this number is on disk, and none will come that has it or a lower one.
    var settled: UInt64 {
        state.withLock { state in state.open.first.map { $0 - 1 } ?? state.last }
    }

    /// Returns once no commit of this or a lower number can still be made, which it could be until it is written. Blocks
    /// its thread for as long as a commit takes.
    ///
    /// - Parameters:
    ///   - number: of the present or the past.
    ///   - isStopped: whether to wait no longer: a commit whose sync failed is open for good.
    func waitForCommits(upTo number: UInt64, unless isStopped: () -> Bool) {
        while state.withLock({ state in state.open.first.map { $0 <= number } ?? false }), !isStopped() { usleep(500) }
    }

    /// Makes later numbers greater than one that was found on disk.
    func advance(past number: UInt64) {
        state.withLock { state in state.last = max(state.last, number) }
    }
}
