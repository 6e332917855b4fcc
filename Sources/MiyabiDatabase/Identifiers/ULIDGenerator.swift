import Synchronization

/// Makes ULIDs that only grow within a process, however many tasks ask at once.
public final class ULIDGenerator: Sendable {
    /// The process's generator.
    public static let shared = ULIDGenerator()

    private let clock: @Sendable () -> Timestamp
    private let last = Mutex(ULID(bits: 0))

    /// A generator that reads a clock; tests hand in their own.
    public init(clock: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.clock = clock
    }

    /// A ULID larger than every other that this method returned.
    ///
    /// When the clock stands still or goes back, the previous ULID plus one serves: its time may then be ahead of the
    /// clock, by as much as the clock went back. A clock that reads before 1970 counts as 1970.
    public func next() -> ULID {
        let fresh = random(at: clock())
        return last.withLock { last in
            let previous = last
            last = fresh.timestamp > previous.timestamp ? fresh : previous.successor ?? previous
            return last
        }
    }

    /// A ULID of a moment that the caller knows, in no order with others of the same millisecond.
    public func unordered(at moment: Timestamp) -> ULID {
        random(at: moment)
    }

    /// The highest of the 80 bits stays 0, so that counting up from here cannot reach the next millisecond.
    private func random(at moment: Timestamp) -> ULID {
        let milliseconds = min(max(moment.milliseconds, 0), ULID.latest.milliseconds)
        let random = UInt128.random(in: 0..<(1 << 79))
        return ULID(bits: UInt128(milliseconds) << 80 | random)
    }
}
