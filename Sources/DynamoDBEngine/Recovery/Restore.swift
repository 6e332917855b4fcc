internal import DynamoDB

/// Fills a restored table. Nobody else can use the table meanwhile, so no locks are needed.
struct Restore {
    /// Puts all items of the source.
    typealias Contents = @Sendable (inout Restore, TableRestore, EngineCore) throws -> Void

    private let core: EngineCore
    let table: Table
    private var unit: WriteUnit
    private var keys: Set<[UInt8]> = []

    /// So many writes are one batch,
    private static let batchSize = 256
    /// or so many bytes, of items and index entries together.
    private static let batchBytes = 4 << 20

    private init(of table: Table, _ core: EngineCore) {
        self.core = core
        self.table = table
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
        try write(try PreparedWrite(restoring: stored, in: table))
    }

    /// Removes the item with that storage key.
    mutating func remove(_ key: [UInt8]) throws {
        try write(PreparedWrite(deletingStored: key, in: table))
    }

    private mutating func write(_ write: PreparedWrite) throws {
        // What the batch holds cannot be read back before it is written.
        if keys.count >= Restore.batchSize || unit.batch.bytes >= Restore.batchBytes || keys.contains(write.key) {
            try flush()
        }
        keys.insert(write.key)
        _ = try write.stage(replacing: try StoredValue(core.database, key: write.key), in: unit)
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

extension PreparedWrite {
    /// A put of an item that was stored before. One that breaks an index's rules, which it may if it is older than the
    /// index, stays out of it.
    fileprivate init(restoring stored: StoredItem, in table: Table) throws {
        let item = try stored.item()
        entries = try table.indexes.map { index -> Entry? in
            guard let key = index.entryKey({ item[$0] }) else { return nil }
            let content = try index.projectedContent(of: stored)
            return Entry(key: key, value: content?.bytes ?? Array(stored.bytes), size: content?.size ?? stored.size)
        }
        key = try table.storageKey(ofItem: item, from: .put)
        value = Array(stored.bytes)
        size = stored.size
        // A restored table has no expiry, as on AWS.
        expiry = nil
        self.table = table
    }
}
