internal import Glibc
internal import Synchronization

/// Numbers commits, and tells up to which number all of them are on disk.
///
/// A number is taken under the locks of the items that the commit changes: of two changes of one item the later has
/// the greater number. Numbers are the marks of the engine's clock, so that logs of changes are in order of time.
final class CommitClock: Sendable {
    private let clock: EngineClock
    /// Commits that are not settled, in ascending order. A handful: as many as there are writers.
    private let open = Mutex<[UInt64]>([])

    init(_ clock: EngineClock = EngineClock()) {
        self.clock = clock
    }

    /// Takes the next number. The commit is open until ``end(_:)``.
    func begin() -> UInt64 {
        open.withLock { open in
            let number = clock.mark()
            open.append(number)
            return number
        }
    }

    /// Closes a commit that is on disk, or that was not made.
    func end(_ number: UInt64) {
        open.withLock { open in
            if let index = open.firstIndex(of: number) { open.remove(at: index) }
        }
    }

    /// Every commit up to this number is on disk, and none will come that has it or a lower one.
    var settled: UInt64 {
        open.withLock { open in open.first.map { $0 - 1 } ?? clock.last }
    }

    /// Returns once no commit of this or a lower number can still be made, which it could be until it is written. Blocks
    /// its thread for as long as a commit takes.
    ///
    /// - Parameters:
    ///   - number: of the present or the past.
    ///   - isStopped: whether to wait no longer: a commit whose sync failed is open for good.
    /// - Throws: `CancellationError` if it is stopped.
    func waitForCommits(upTo number: UInt64, unless isStopped: () -> Bool) throws {
        while open.withLock({ open in open.first.map { $0 <= number } ?? false }) {
            if isStopped() { throw CancellationError() }
            usleep(500)
        }
    }
}
