/// What one commit is going to write.
final class WriteUnit {
    let batch: RocksBatch
    let database: RocksDatabase
    /// Refuses what is beyond a table's throughput, if the engine is asked to.
    let throttle: Throttle?
    /// How many times its table's units each write consumes: 2 in a transaction.
    var capacityFactor = 1.0
    /// How far its reads go.
    let tier: ReadTier
    private let clock: CommitClock
    /// The commit's number, if it has taken one; see ``CommitClock``.
    private(set) var number: UInt64?
    private var places: UInt16 = 0
    /// For the making of one record of a stream after the other.
    var recordKey: [UInt8] = []
    var record: [UInt8] = []
    private var changes: [(tally: Tally, change: TallyChange)] = []
    /// What this commit consumes, if it ends well.
    private var charges: [(effect: WriteEffect, table: Table)] = []

    init(_ database: RocksDatabase, clock: CommitClock, throttle: Throttle?, tier: ReadTier = .disk) {
        self.database = database
        self.tier = tier
        batch = RocksBatch(for: database)
        self.clock = clock
        self.throttle = throttle
    }

    /// Reads an item as it is, which must be locked.
    ///
    /// - Throws: ``StorageError`` of kind `uncached` if the locks are not to be held for so long as that takes.
    func stored(_ key: [UInt8]) throws -> StoredValue {
        try StoredValue(database, key: key, tier)
    }

    /// Whether there is an entry, as ``stored(_:)`` reads.
    func contains(_ key: [UInt8], in family: ColumnFamily) throws -> Bool {
        try database.value(in: family, forKey: key, tier) != nil
    }

    /// The commit's number, taken at the first call, which must be under the locks.
    func takeNumber() -> UInt64 {
        if let number { return number }
        let taken = clock.begin()
        number = taken
        return taken
    }

    /// The place of one more record among those of this commit.
    func takePlace() -> UInt16 {
        defer { places += 1 }
        return places
    }

    /// To be called if the batch is not written.
    func abandon() {
        if let number { clock.end(number) }
        number = nil
    }

    /// Forgets everything that was staged: the commit is not going to write.
    func discard() {
        batch.clear()
        changes.removeAll()
    }

    /// Takes what a write of this commit consumes.
    func charge(_ effect: WriteEffect, to table: Table) {
        throttle?.take(effect, from: table, factor: capacityFactor)
        charges.append((effect, table))
    }

    /// Counts what was consumed; to be called once, when the commit has ended without an error.
    func countConsumption() {
        for (effect, table) in charges { table.countWrite(effect, factor: capacityFactor) }
    }

    /// Gives back what was taken: the commit failed, and may be made again.
    func refund() {
        for (effect, table) in charges { throttle?.take(effect, from: table, factor: capacityFactor, sign: -1) }
        charges.removeAll()
    }

    func count(_ change: TallyChange, in tally: Tally) {
        changes.append((tally, change))
    }

    /// To be called once the batch is written.
    func applyTallies() {
        for (tally, change) in changes { tally.add(change) }
    }
}
