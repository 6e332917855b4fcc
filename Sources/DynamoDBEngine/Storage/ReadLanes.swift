/// Where reads go on that would hold their caller's thread too long: an event loop with other clients, most often.
///
/// A read begins on its caller's thread, which spares the warm ones two changes of threads. What has to wait for the disk,
/// or is long, goes on here.
struct ReadLanes: Sendable {
    /// For a few items that are not in memory. So wide that a disk has enough to do at once.
    let items = BlockingLane(label: "miyabi.dynamodb.reads", width: 8)
    /// For the rest of long reads. So narrow that processors are left for everybody else.
    let pages = BlockingLane(label: "miyabi.dynamodb.long-reads", width: 2)
    private let clock: EngineClock

    init(_ clock: EngineClock) {
        self.clock = clock
    }

    /// Reads a few items.
    ///
    /// - Parameter body: reads from the tier. It is done again from the start if memory is not enough.
    nonisolated(nonsending) func items<Result: Sendable>(_ body: @escaping @Sendable (ReadTier) throws -> Result)
        async throws -> Result
    {
        do {
            return try body(.memory)
        } catch let error as StorageError where error.kind == .uncached {
            return try await items.run { try body(.disk) }
        }
    }

    /// Does a long read.
    ///
    /// - Parameters:
    ///   - read: what has been read: nothing.
    ///   - advance: reads on from the tier until the budget is spent, and tells whether everything is read. If it
    ///     throws, what it has put into `read` is what it goes on from.
    nonisolated(nonsending) func pages<Read: Sendable>(
        _ read: Read, _ advance: @escaping @Sendable (inout Read, ReadTier, inout ReadBudget) throws -> Bool
    ) async throws -> Read {
        var read = read
        do {
            var budget = ReadBudget.prompt(clock)
            if try advance(&read, .memory, &budget) { return read }
        } catch let error as StorageError where error.kind == .uncached {
            // Memory is not enough from here on.
        }
        return try await pages.run { [read] in
            var read = read
            var budget = ReadBudget.unlimited
            while try !advance(&read, .disk, &budget) {}
            return read
        }
    }
}

/// How much a read may do before it has to go on elsewhere.
struct ReadBudget {
    private var rest = Int.max
    /// When it is spent whatever was read: cursors cannot tell before that they will wait for the disk.
    private var end: Double?
    private var count = 0

    private var clock: EngineClock?

    static let unlimited = ReadBudget()

    /// What takes about half a millisecond from memory, and not much longer from elsewhere.
    static func prompt(_ clock: EngineClock) -> ReadBudget {
        ReadBudget(rest: 256 << 10, end: clock.monotonic + 0.001, clock: clock)
    }

    /// What an item or an entry costs beside its bytes.
    private static let perItem = 256
    /// After so many items the clock is looked at.
    private static let interval = 16

    /// Counts an item that was read.
    mutating func take(_ bytes: Int) {
        rest -= bytes + ReadBudget.perItem
        guard let end, let clock else { return }
        if count % ReadBudget.interval == 0, clock.monotonic > end { rest = 0 }
        count += 1
    }

    var isSpent: Bool { rest <= 0 }
}
