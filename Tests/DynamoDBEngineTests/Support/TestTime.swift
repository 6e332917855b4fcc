import DynamoDB
import Synchronization

@testable import DynamoDBEngine

/// A time of day that only a test moves.
final class TestTime: Sendable {
    private let microseconds: Mutex<UInt64>

    init(seconds: UInt64 = 1_800_000_000) {
        microseconds = Mutex(seconds * 1_000_000)
    }

    /// Seconds since 1970.
    var seconds: Int { Int(microseconds.withLock { $0 } / 1_000_000) }

    func advance(seconds: Int) {
        microseconds.withLock { $0 = UInt64(Int64($0) + Int64(seconds) * 1_000_000) }
    }

    @Sendable func now() -> UInt64 {
        microseconds.withLock { $0 }
    }
}

extension Engine {
    /// An engine with a time of its own.
    static func open(in directory: TemporaryDirectory, at time: TestTime) throws -> Engine {
        var options = Options(directory: directory.path + "/data")
        options.now = time.now
        return try open(options, logger: .silent)
    }
}
