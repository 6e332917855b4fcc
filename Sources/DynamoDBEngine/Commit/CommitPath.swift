/// The way of every write: lock, read and decide, write, unlock, wait for the disk.
struct CommitPath: Sendable {
    let database: RocksDatabase
    let stripes: Stripes
    let durability: GroupCommit
    let clock: CommitClock
    let throttle: Throttle?
    private let stalledWrites = BlockingLane(label: "miyabi.dynamodb.stalled-writes")

    init(_ database: RocksDatabase, durability: GroupCommit, clock: CommitClock, throttle: Throttle? = nil) {
        self.database = database
        self.durability = durability
        self.clock = clock
        self.throttle = throttle
        stripes = Stripes()
    }

    /// Runs `section` while holding the locks of `keys`, writes what it put into the unit, all or nothing, and returns
    /// its result once that is durable; so is then whatever `section` read.
    ///
    /// `section` may run twice: when RocksDB would stall the write, it is made again on a thread that may wait.
    func commit<Result: Sendable>(
        keys: [[UInt8]], _ section: @escaping @Sendable (WriteUnit) throws -> Result
    ) async throws -> Result {
        let held = Stripes.stripes(of: keys)
        let outcome: Outcome<Result>
        do {
            outcome = try write(held, .prompt, section)
        } catch let error as StorageError where error.kind == .stalled {
            outcome = try await stalledWrites.run { try write(held, .patient, section) }
        }
        if outcome.hasWritten {
            try await durability.settleWrite()
            if let number = outcome.number { clock.end(number) }
        } else {
            try await durability.settleReads()
        }
        return outcome.result
    }

    private struct Outcome<Result: Sendable>: Sendable {
        let result: Result
        var hasWritten = false
        /// The commit's number, if it took one. Open until the commit is on disk.
        var number: UInt64?
    }

    private func write<Result>(
        _ held: [Int], _ mode: RocksDatabase.WriteMode, _ section: (WriteUnit) throws -> Result
    ) throws -> Outcome<Result> {
        try stripes.withLocks(on: held[...]) {
            let unit = WriteUnit(database, clock: clock, throttle: throttle)
            do {
                let result = try section(unit)
                guard unit.batch.count > 0 else {
                    unit.abandon()
                    return Outcome(result: result)
                }
                durability.beginWrite()
                do {
                    try database.write(unit.batch, mode: mode)
                } catch {
                    durability.abandonWrite()
                    throw error
                }
                unit.applyTallies()
                return Outcome(result: result, hasWritten: true, number: unit.number)
            } catch {
                unit.abandon()
                unit.refund()
                throw error
            }
        }
    }
}
