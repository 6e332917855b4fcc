internal import DynamoDB

/// Fills a restored table. Nobody else can use the table meanwhile, so no locks are needed.
struct Restore {
    /// Puts all items of the source.
    typealias Contents = @Sendable (inout Restore, TableRestore, EngineCore) throws -> Void

    private let core: EngineCore
    let table: Table
    private let keyNames: SoughtNames
    private var unit: WriteUnit
    private var keys: Set<[UInt8]> = []

    /// So many writes are one batch,
    private static let batchSize = 256
    /// or so many bytes, of items and index entries together.
    private static let batchBytes = 4 << 20

    private init(of table: Table, _ core: EngineCore) {
        self.core = core
        self.table = table
        keyNames = SoughtNames(table.key.all.map(\.name))
        unit = WriteUnit(core.database, clock: core.commits.clock, throttle: nil)
    }

    /// Does it all, from the beginning even if an earlier run was cut off. Blocks its thread.
    static func run(of table: Table, from source: TableRestore, _ contents: Contents, _ core: EngineCore) throws {
        if core.isStopping { throw CancellationError() }
        let clean = RocksBatch(for: core.database)
        for (family, range) in table.dataRanges { clean.deleteRange(range, in: family) }
        try core.database.write(clean, mode: .patient)
        for tally in table.tallies.values { tally.clear() }
        var restore = Restore(of: table, core)
        try contents(&restore, source, core)
        try restore.flush()
        try core.database.syncLog()
    }

    /// Puts an item as it was stored.
    mutating func put(_ stored: StoredItem) throws {
        let key = try table.storageKey(ofItem: stored.part(keyNames).item, from: .put)
        let encoded = EncodedItem(bytes: Array(stored.bytes), size: stored.size)
        try write(PlannedWrite(.put(try NewItem(encoded, at: key, in: table)), at: key, in: table))
    }

    /// Removes the item with that storage key.
    mutating func remove(_ key: [UInt8]) throws {
        try write(PlannedWrite(.delete, at: key, in: table))
    }

    private mutating func write(_ write: PlannedWrite) throws {
        // What the batch holds cannot be read back before it is written.
        if keys.count >= Restore.batchSize || unit.batch.bytes >= Restore.batchBytes || keys.contains(write.key) {
            try flush()
        }
        keys.insert(write.key)
        try write.stageChange(replacing: try StoredValue(core.database, key: write.key), in: unit)
    }

    private mutating func flush() throws {
        if core.isStopping { throw CancellationError() }
        guard unit.batch.count > 0 else { return }
        try core.database.write(unit.batch, mode: .patient)
        unit.applyTallies()
        unit = WriteUnit(core.database, clock: core.commits.clock, throttle: nil)
        keys.removeAll(keepingCapacity: true)
    }
}
