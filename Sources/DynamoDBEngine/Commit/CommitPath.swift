/// The way of every write: lock, read and decide, write, unlock, wait for the disk.
struct CommitPath: Sendable {
    let database: RocksDatabase
    let stripes: Stripes
    let durability: GroupCommit
    let clock: CommitClock
    let throttle: Throttle?
    /// For those who wait until RocksDB takes writes again. They come back one after the other.
    private let stalls = BlockingLane(label: "miyabi.dynamodb.stalls")
    /// For reading what is not in memory.
    private let coldReads: BlockingLane

    /// How often a section is begun again for items that were not in memory, before it may wait for the disk itself.
    private static let warmings = 2

    init(
        _ database: RocksDatabase, durability: GroupCommit, clock: CommitClock, throttle: Throttle? = nil,
        coldReads: BlockingLane
    ) {
        self.database = database
        self.durability = durability
        self.clock = clock
        self.throttle = throttle
        self.coldReads = coldReads
        stripes = Stripes()
    }

    /// Runs `section` while holding the locks of `keys`, writes what it put into the unit, all or nothing, and returns
    /// its result once that is durable; so is then whatever `section` read.
    ///
    /// The locks are held for microseconds, and never while waiting. So `section` may run several times: when an item
    /// is not in memory it is first read without the locks, and when RocksDB stalls writes its caller waits without
    /// them; then it is made again.
    func commit<Result: Sendable>(
        keys: [[UInt8]], _ section: @escaping @Sendable (WriteUnit) throws -> Result
    ) async throws -> Result {
        let footprint = Footprint(of: keys)
        let outcome = try await write(keys, footprint, section)
        if outcome.hasWritten {
            try await durability.settleWrite(footprint)
            if let number = outcome.number { clock.end(number) }
        } else {
            try await durability.settleReads(of: .items(keys))
        }
        return outcome.result
    }

    private func write<Result: Sendable>(
        _ keys: [[UInt8]], _ footprint: Footprint, _ section: @escaping @Sendable (WriteUnit) throws -> Result
    ) async throws -> Outcome<Result> {
        var warmings = 0
        while true {
            do {
                guard warmings < CommitPath.warmings else {
                    return try await coldReads.run { try attempt(footprint, .disk, section) }
                }
                return try attempt(footprint, .memory, section)
            } catch let error as StorageError where error.kind == .stalled {
                try await stalls.run { try database.waitForRoom() }
            } catch let error as StorageError where error.kind == .uncached {
                warmings += 1
                try await coldReads.run {
                    for key in keys { _ = try database.value(in: .items, forKey: key) }
                }
            }
        }
    }

    private struct Outcome<Result: Sendable>: Sendable {
        let result: Result
        var hasWritten = false
        /// The commit's number, if it took one. Open until the commit is on disk.
        var number: UInt64?
    }

    /// - Throws: ``StorageError`` of kind `stalled` or `uncached`, after which it can be tried again.
    private func attempt<Result>(
        _ footprint: Footprint, _ tier: ReadTier, _ section: (WriteUnit) throws -> Result
    ) throws -> Outcome<Result> {
        try stripes.withLocks(on: footprint.stripes) {
            let unit = WriteUnit(database, clock: clock, throttle: throttle, tier: tier)
            do {
                let result = try section(unit)
                guard unit.batch.count > 0 else {
                    unit.abandon()
                    unit.countConsumption()
                    return Outcome(result: result)
                }
                durability.beginWrite(footprint)
                do {
                    try database.write(unit.batch, mode: .prompt)
                } catch {
                    durability.abandonWrite(footprint)
                    throw error
                }
                unit.applyTallies()
                unit.countConsumption()
                return Outcome(result: result, hasWritten: true, number: unit.number)
            } catch {
                unit.abandon()
                unit.refund()
                throw error
            }
        }
    }

    /// Throws if a write would not be accepted now. Waits for nothing; a stall only makes a write wait.
    func checkWritable() throws {
        do throws(StorageError) {
            try database.write(RocksBatch(for: database), mode: .prompt)
        } catch {
            guard error.kind == .stalled else { throw error }
        }
        try durability.check()
    }
}
