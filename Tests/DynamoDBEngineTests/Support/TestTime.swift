import DynamoDB
import Synchronization

@testable import DynamoDBEngine

/// A time of day that only a test moves, and can set to anything.
final class TestTime: Sendable {
    private let state: Mutex<(microseconds: Int64, elapsed: Double)>

    init(seconds: Int64 = 1_800_000_000) {
        state = Mutex((seconds * 1_000_000, 0))
    }

    /// Seconds since 1970.
    var seconds: Int { Int(state.withLock { $0.microseconds } / 1_000_000) }

    /// Lets time pass.
    func advance(seconds: Int) {
        state.withLock { $0 = ($0.microseconds + Int64(seconds) * 1_000_000, $0.elapsed + Double(max(0, seconds))) }
    }

    /// Sets the clock, in microseconds since 1970.
    func set(microseconds: Int64) {
        state.withLock { $0.microseconds = microseconds }
    }

    func set(seconds: Int) {
        set(microseconds: Int64(seconds) * 1_000_000)
    }

    var clock: EngineClock {
        EngineClock(wall: { self.state.withLock { $0.microseconds } }, elapsed: { self.state.withLock { $0.elapsed } })
    }
}

extension Engine {
    /// An engine with a time of its own.
    static func open(in directory: TemporaryDirectory, at time: TestTime, throttled: Bool = false) throws -> Engine {
        var options = Options(directory: directory.path + "/data")
        options.clock = time.clock
        options.enforceThroughput = throttled
        return try open(options, logger: .silent)
    }
}

/// Seconds since 1970, by the machine's clock.
func currentTime() -> Double { EngineClock().seconds }
