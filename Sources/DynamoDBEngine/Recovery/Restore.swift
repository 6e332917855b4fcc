import DynamoDB
import Logging

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

extension Restore {
    /// Copies the source as it is, then takes back what happened after the moment, newest first.
    static let rewind: Contents = { restore, source, core in
        guard let id = source.sourceTableID, let table = core.catalogue.store.tables.first(where: { $0.id == id }),
            table.keepsHistory, try core.historyStart(of: table) <= source.moment
        else {
            throw DynamoDBError(
                code: .pointInTimeRecoveryUnavailableException,
                message: "The history of \(source.sourceTableARN) does not reach back to the moment any more")
        }
        try core.commits.clock.waitForCommits(upTo: source.moment) { core.isStopping }
        let snapshot = Snapshot(of: core.database)
        let items = RangeCursor(
            core.database, .items, in: ItemKey.range(of: id), forward: true, withinPrefix: false, snapshot: snapshot)
        while try items.isValid() {
            try restore.put(try StoredItem(items.value))
            items.advance()
        }
        let changes = RangeCursor(
            core.database, .history, in: HistoryRecord.range(of: id, after: source.moment), forward: false,
            withinPrefix: false, snapshot: snapshot)
        while try changes.isValid() {
            let change = HistoryRecord(key: changes.key, value: changes.value)
            if let item = try change.item {
                try restore.put(item)
            } else {
                try restore.remove(change.key(in: restore.table.id))
            }
            changes.advance()
        }
    }
}

extension EngineCore {
    /// Goes on with the restores of both kinds that the last run of the engine left unfinished.
    func resumeRestores() {
        for table in catalogue.store.tables where table.record.status == .creating {
            guard let restore = table.record.restore else { continue }
            let contents = restore.sourceBackupARN == nil ? Restore.rewind : Restore.copyBackup
            resumeRestore(of: table, from: restore, contents)
        }
    }
}

extension EngineCore {
    /// Adds a table that is `CREATING`, and begins to fill it.
    ///
    /// - Parameters:
    ///   - contents: puts the items, in the background.
    ///   - definition: looks at the source, which is held from before the call until the restore has ended, and makes the
    ///     table's definition.
    /// - Throws: what `definition` throws; `TableAlreadyExistsException`, `TableInUseException`.
    func beginRestore(
        _ restore: TableRestore, _ contents: @escaping Restore.Contents,
        definition: () async throws -> CreateTableInput
    ) async throws -> Table {
        restores.hold(restore)
        let table: Table
        do {
            let definition = try await definition()
            table = try await addTable(definition, restoring: restore)
        } catch {
            restores.release(restore)
            throw error
        }
        // Whatever becomes of the request, the table is there now, and must not stay `CREATING`.
        fill(table, from: restore, contents)
        try await syncCatalogue()
        return table
    }

    private func addTable(_ definition: CreateTableInput, restoring restore: TableRestore) async throws -> Table {
        let table = try await catalogue.add(definition.tableName) { [clock] newID in
            var record = TableRecord(definition, at: clock.seconds, newID)
            record.status = .creating
            record.restore = restore
            return record
        }
        if let table { return table }
        let name = definition.tableName
        switch catalogue.table(named: name)?.record.status {
        case .creating:
            throw DynamoDBError(code: .tableInUseException, message: "Table is being created: \(name)")
        case .deleting:
            throw DynamoDBError(code: .tableInUseException, message: "Table is being deleted: \(name)")
        default:
            throw DynamoDBError(code: .tableAlreadyExistsException, message: "Table already exists: \(name)")
        }
    }

    /// Goes on with a restore that the last run of the engine left unfinished.
    func resumeRestore(of table: Table, from restore: TableRestore, _ contents: @escaping Restore.Contents) {
        restores.hold(restore)
        fill(table, from: restore, contents)
    }

    /// Fills the table in the background, and shows it. A table whose source is damaged is removed.
    private func fill(_ table: Table, from restore: TableRestore, _ contents: @escaping Restore.Contents) {
        startLongWork("restore", of: table) { core in
            try Restore.run(of: table, from: restore, contents, core)
            // Before the table is shown: whoever sees it may delete the source.
            core.restores.release(restore)
            do {
                _ = try core.catalogue.store.change(table.record.fullName) {
                    if $0.id == table.id { $0.status = .active }
                }
            } catch {
                core.restores.hold(restore)
                throw error
            }
            try core.database.syncLog()
        } givingUp: { core in
            core.restores.release(restore)
            _ = try core.catalogue.store.remove(table.record.fullName) { _ in }
            core.logger.error("The table that could not be restored is removed", metadata: ["table": "\(table.name)"])
        }
    }
}
