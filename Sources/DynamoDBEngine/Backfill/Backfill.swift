internal import DynamoDB

/// Adds to a new index the items that were in the table before it.
///
/// Writers keep the index from the moment it is in the table's record, so any order of backfill and writes ends right:
/// under an item's lock the backfill adds the entry of the item as it is then, unless a writer has. A restart begins
/// again from the first item; entries that are there stay.
struct Backfill: Sendable {
    private enum Phase {
        /// Writers that do not know the index yet may be at work.
        case allocating
        /// The items of the range may lack their entries.
        case filling(KeyRange)
        case done
    }

    /// So many items that a lock is held for a fraction of a millisecond.
    private static let batchSize = 64

    private let tableName: String
    private let tableID: UInt32
    private let indexName: String
    private var phase = Phase.allocating

    init(of indexName: String, in table: Table) {
        tableName = table.name
        tableID = table.id
        self.indexName = indexName
    }

    var isDone: Bool {
        if case .done = phase { true } else { false }
    }

    /// Does the next piece of the work. If it throws, it can be tried again.
    mutating func advance(_ core: EngineCore) async throws {
        guard let (table, index) = target(core) else {
            phase = .done
            return
        }
        switch phase {
        case .allocating:
            try await core.waitForWriters()
            try await change(core) { $0.status = .active }
            phase = .filling(ItemKey.range(of: tableID))
        case .filling(var range):
            let keys = try core.database.keys(in: .items, range, atMost: Backfill.batchSize)
            guard let last = keys.last else {
                try await change(core) { [indexName] in $0.backfills.remove(indexName) }
                phase = .done
                return
            }
            do {
                try await fill(index, of: table, with: keys, core)
            } catch is TableRetired {
                return
            }
            range.lower = last + [0]
            phase = .filling(range)
        case .done: return
        }
    }

    /// The table and the index as they are now; nil if one of them was deleted.
    private func target(_ core: EngineCore) -> (Table, Index)? {
        guard let table = core.catalogue.table(named: tableName), table.id == tableID,
            let index = table.index(named: indexName), index.isBackfilling
        else { return nil }
        return (table, index)
    }

    private func change(_ core: EngineCore, _ change: (inout TableRecord) -> Void) async throws {
        _ = try core.catalogue.change(tableName) { record in
            if record.id == tableID, record.backfills.contains(indexName) { change(&record) }
        }
        try await core.syncCatalogue()
    }

    private func fill(_ index: Index, of table: Table, with keys: [[UInt8]], _ core: EngineCore) async throws {
        let database = core.database
        try await core.commits.commit(keys: keys) { unit in
            guard !table.isRetired else { throw TableRetired() }
            for key in keys {
                let stored = try StoredValue(database, key: key)
                if let item = stored.item { try index.fill(with: item, database, unit) }
            }
        }
    }
}

extension Index {
    /// Adds the item's entry, if it belongs into the index and is not there.
    ///
    /// An item whose key attributes break the index's rules stays out, as on AWS.
    fileprivate func fill(with item: StoredItem, _ database: RocksDatabase, _ unit: WriteUnit) throws {
        guard let key = try entryKey({ try item.value(named: $0) }),
            try database.value(in: .indexes, forKey: key) == nil
        else { return }
        let content = try projectedContent(of: item)
        let size = content?.size ?? item.size
        unit.batch.put(key, content?.bytes ?? Array(item.bytes), in: .indexes)
        var change = TallyChange()
        change.insert(bytes: size)
        unit.count(change, in: tally)
    }
}
