internal import DynamoDB
internal import Logging

/// Fills a restored table. Nobody else can use the table meanwhile, so no locks are needed.
struct Restore {
    private let core: EngineCore
    private let table: Table
    private let source: TableRestore
    private var unit: WriteUnit
    private var keys: Set<[UInt8]> = []

    /// So many writes are one batch.
    private static let batchSize = 256

    init(of table: Table, from source: TableRestore, _ core: EngineCore) {
        self.core = core
        self.table = table
        self.source = source
        unit = WriteUnit(core.database, clock: core.clock, throttle: nil)
    }

    /// Does it all, from the beginning even if an earlier run was cut off. Blocks its thread.
    mutating func run() throws {
        if core.isStopping { throw CancellationError() }
        let clean = WriteBatch(for: core.database)
        for (family, range) in table.dataRanges { clean.deleteRange(range, in: family) }
        try core.database.write(clean, mode: .patient)
        for tally in table.tallies.values { tally.clear() }
        if let arn = source.sourceBackupARN {
            guard let reader = try core.backups.reader(for: arn) else { throw backupNotFound(arn) }
            try reader.forEach { try put($0) }
        } else if let id = source.sourceTableID {
            try rewind(id)
        }
        try flush()
        try core.database.syncLog()
    }

    /// Copies the source as it is, then takes back what happened after the moment, newest first.
    private mutating func rewind(_ id: UInt32) throws {
        core.clock.waitForCommits(upTo: source.moment) { core.isStopping }
        if core.isStopping { throw CancellationError() }
        let snapshot = Snapshot(of: core.database)
        let items = RangeCursor(
            core.database, .items, in: ItemKey.range(of: id), forward: true, withinPrefix: false, snapshot: snapshot)
        while try items.isValid() {
            try put(try StoredItem(items.value))
            items.advance()
        }
        let changes = RangeCursor(
            core.database, .history, in: HistoryRecord.range(of: id, after: source.moment), forward: false,
            withinPrefix: false, snapshot: snapshot)
        while try changes.isValid() {
            let change = HistoryRecord(key: changes.key, value: changes.value)
            if let item = try change.item {
                try put(item)
            } else {
                try write(PreparedWrite(deletingStored: change.key(in: table), in: table))
            }
            changes.advance()
        }
    }

    private mutating func put(_ stored: StoredItem) throws {
        let item = try stored.item()
        let encoded = EncodedItem(bytes: Array(stored.bytes), size: stored.size)
        try write(try PreparedWrite(putting: item, encoded: encoded, in: table))
    }

    private mutating func write(_ write: PreparedWrite) throws {
        // What the batch holds cannot be read back before it is written.
        if keys.count >= Restore.batchSize || keys.contains(write.key) { try flush() }
        keys.insert(write.key)
        _ = try write.stage(replacing: try StoredValue(core.database, key: write.key), in: unit)
    }

    private mutating func flush() throws {
        if core.isStopping { throw CancellationError() }
        guard unit.batch.count > 0 else { return }
        try core.database.write(unit.batch, mode: .patient)
        unit.applyTallies()
        unit = WriteUnit(core.database, clock: core.clock, throttle: nil)
        keys.removeAll(keepingCapacity: true)
    }
}

extension EngineCore {
    /// Goes on with the restores that the last run of the engine left unfinished.
    func resumeRestores() {
        for table in catalogue.tables where table.record.status == .creating && table.record.restore != nil {
            startRestore(of: table)
        }
    }

    /// Fills the table in the background, and shows it; a table that cannot be restored is removed.
    func startRestore(of table: Table) {
        guard let source = table.record.restore else { return }
        backupWork.start { [self] in
            do {
                var restore = Restore(of: table, from: source, self)
                try restore.run()
                _ = try catalogue.change(table.name) { $0.status = .active }
                try database.syncLog()
            } catch is CancellationError {
                // The engine was closed; the restore begins again when it is opened.
            } catch {
                logger.error(
                    "A table could not be restored and is removed",
                    metadata: ["table": "\(table.name)", "error": "\(error)"])
                do {
                    _ = try catalogue.remove(table.name) { _ in }
                } catch {
                    logger.error("It could not be removed", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}
