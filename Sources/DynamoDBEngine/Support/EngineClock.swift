internal import Glibc
internal import Synchronization

/// The one clock of an engine and of its server: nothing else in them asks for the time. A test brings its own.
///
/// The machine's clock can be wrong, and it can be set. ``now`` tells what it says, for what is to happen at a time of
/// day. Where order matters, ``mark()`` and ``present`` never go back: while the machine's clock is behind them they go
/// on at half its speed, until it has caught up.
package final class EngineClock: Sendable {
    private struct State {
        /// What was told last.
        var last: UInt64 = 0
        /// Where the machine's clock was found to be behind.
        var setBack: (told: UInt64, at: Double)?
    }

    /// The beginning of the year 9999: a machine's clock that says more is taken to say this.
    static let end: UInt64 = 253_370_764_800_000_000

    private let wall: @Sendable () -> Int64
    private let elapsed: @Sendable () -> Double
    private let state = Mutex(State())

    /// - Parameters:
    ///   - wall: microseconds since 1970 by the machine's clock.
    ///   - elapsed: seconds since any moment, on a clock that cannot be set.
    package init(
        wall: @escaping @Sendable () -> Int64 = EngineClock.microsecondsSince1970,
        elapsed: @escaping @Sendable () -> Double = EngineClock.secondsSinceStart
    ) {
        self.wall = wall
        self.elapsed = elapsed
    }

    /// Microseconds since 1970 by the machine's clock, from 0 to ``end``.
    var now: UInt64 { UInt64(min(max(0, wall()), Int64(EngineClock.end))) }

    /// The same in seconds.
    package var seconds: Double { Double(now) / 1e6 }

    /// Seconds on a clock that cannot be set.
    var monotonic: Double { elapsed() }

    /// Microseconds since 1970, never less than what was told before.
    var present: UInt64 {
        state.withLock { state in
            state.last = forward(&state)
            return state.last
        }
    }

    /// As ``present``, and greater than all that was told before.
    func mark() -> UInt64 {
        state.withLock { state in
            state.last = max(state.last + 1, forward(&state))
            return state.last
        }
    }

    /// What was told last.
    var last: UInt64 { state.withLock { $0.last } }

    /// Makes all that is told later greater than a number that was found on disk.
    func advance(past number: UInt64) {
        state.withLock { $0.last = max($0.last, min(number, .max / 2)) }
    }

    private func forward(_ state: inout State) -> UInt64 {
        let now = now
        guard now < state.last else {
            state.setBack = nil
            return now
        }
        let elapsed = elapsed()
        let start = state.setBack ?? (told: state.last, at: elapsed)
        state.setBack = start
        return max(state.last, start.told + UInt64(max(0, elapsed - start.at) * 0.5e6))
    }
}

// MARK: - The machine's clocks
extension EngineClock {
    /// The machine's wall clock.
    @Sendable package static func microsecondsSince1970() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let seconds = min(max(-1, Int64(time.tv_sec)), Int64(end / 1_000_000))
        return seconds * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// The machine's clock that cannot be set.
    @Sendable package static func secondsSinceStart() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension UnsignedInteger {
    /// The time so long before this one, or 0, which is 1970.
    func minus(_ duration: Self) -> Self { self > duration ? self - duration : 0 }
}
