import DynamoDB
import Logging

/// Adds the items of a table to an order that is new: a global secondary index, or the order of expiry.
///
/// Writers keep the order from the moment it is in the table's record, so any order of backfill and writes ends right:
/// under an item's lock the backfill adds the entry of the item as it is then, unless a writer has. A restart begins
/// again from the first item; entries that are there stay.
struct Backfill: Sendable {
    /// What is filled.
    enum Target: Sendable {
        /// The index of that name and identifier: another may come to have the name.
        case index(String, id: UInt32)
        /// The order of expiry since it was turned on, by ``TableRecord/expiryFilling``.
        case expiry(UInt64)
    }

    private enum Phase {
        /// Writers that do not know the order yet may be at work.
        case allocating
        /// The items of the range may lack their entries.
        case filling(KeyRange)
        case done
    }

    /// So many items that a lock is held for a fraction of a millisecond,
    private static let batchSize = 64
    /// or so many bytes of entries.
    private static let batchBytes = 1 << 20

    /// ``TableRecord/fullName``.
    private let tableName: String
    private let tableID: UInt32
    private let target: Target
    private var phase = Phase.allocating

    init(of target: Target, in table: Table) {
        tableName = table.record.fullName
        tableID = table.id
        self.target = target
    }

    var isDone: Bool {
        if case .done = phase { true } else { false }
    }

    /// Does the next piece of the work. If it throws, it can be tried again.
    mutating func advance(_ core: EngineCore) async throws {
        // The table as it is now: it may have been changed or deleted, or the target given up.
        guard let table = core.catalogue.store.table(named: tableName), table.id == tableID,
            table.record.isFilling(target)
        else {
            phase = .done
            return
        }
        switch phase {
        case .allocating:
            try await core.waitForWriters()
            if case .index = target { try await change(core) { $0.status = .active } }
            phase = .filling(ItemKey.range(of: tableID))
        case .filling(var range):
            let database = core.database
            let keys = try await core.reads.pages.run { [range] in
                try database.keys(in: .items, range, atMost: Backfill.batchSize)
            }
            guard !keys.isEmpty else {
                try await change(core) { [target] in $0.endFilling(target) }
                phase = .done
                return
            }
            do {
                range.lower = keys[try await fill(table, with: keys, core) - 1] + [0]
            } catch is TableRetired {
                return
            }
            phase = .filling(range)
        case .done: return
        }
    }

    private func change(_ core: EngineCore, _ change: @escaping @Sendable (inout TableRecord) -> Void) async throws {
        _ = try await core.catalogue.store.change(tableName) { [tableID, target] record in
            if record.id == tableID, record.isFilling(target) { change(&record) }
        }
        try await core.syncCatalogue()
    }

    /// Adds the items of the first keys, of one at least.
    ///
    /// - Returns: of how many.
    private func fill(_ table: Table, with keys: [[UInt8]], _ core: EngineCore) async throws -> Int {
        try await core.commits.commit(keys: keys) { unit in
            guard !table.isRetired else { throw TableRetired() }
            for (number, key) in keys.enumerated() {
                if unit.batch.bytes >= Backfill.batchBytes { return number }
                let stored = try unit.stored(key)
                guard let item = stored.item else { continue }
                switch target {
                case .index(let name, _): try table.index(named: name)?.fill(with: item, key, unit)
                case .expiry: try table.fillExpiry(with: item, key, unit)
                }
            }
            return keys.count
        }
    }
}

extension TableRecord {
    fileprivate func isFilling(_ target: Backfill.Target) -> Bool {
        switch target {
        case .index(let name, let id): backfills.contains(name) && indexIDs[name] == id
        case .expiry(let filling): expiryFilling == filling
        }
    }

    fileprivate mutating func endFilling(_ target: Backfill.Target) {
        switch target {
        case .index(let name, _): backfills.remove(name)
        case .expiry: expiryFilling = nil
        }
    }
}

extension Index {
    /// Adds the item's entry, if it belongs into the index and is not there.
    ///
    /// An item whose key attributes break the index's rules stays out, as on AWS.
    fileprivate func fill(with item: StoredItem, _ itemKey: [UInt8], _ unit: WriteUnit) throws {
        guard let key = try entryKey(storedAt: itemKey, { try item.value(named: $0) }),
            try !unit.contains(key, in: .indexes)
        else { return }
        let content = try projectedContent(of: item)
        let size = content?.size ?? item.size
        unit.batch.put(key, content?.bytes ?? Array(item.bytes), in: .indexes)
        var change = TallyChange()
        change.insert(bytes: size)
        unit.count(change, in: tally)
    }
}

extension Table {
    /// Adds the item's entry to the order of expiry, if it expires.
    fileprivate func fillExpiry(with item: StoredItem, _ key: [UInt8], _ unit: WriteUnit) throws {
        guard let attribute = record.timeToLiveAttribute, let second = try item.value(named: attribute)?.expirySecond
        else { return }
        unit.batch.put(ExpiryEntry(second: second, itemKey: key).key, [], in: .expiry)
    }
}

extension EngineCore {
    /// Goes on with what the last run of the engine left unfinished.
    func resumeBackfills() {
        for table in catalogue.store.tables {
            for index in table.indexes where table.record.backfills.contains(index.name) {
                startBackfill(of: .index(index.name, id: index.id), in: table)
            }
            if let filling = table.record.expiryFilling { startBackfill(of: .expiry(filling), in: table) }
        }
    }

    /// Fills an index or the order of expiry in the background. An engine that is closed meanwhile goes on when it is
    /// opened again.
    func startBackfill(of target: Backfill.Target, in table: Table) {
        let logger = logger
        Task(priority: .utility) { [weak root] in
            var backfill = Backfill(of: target, in: table)
            while !backfill.isDone {
                do {
                    guard let core = root else { return }
                    try await backfill.advance(core)
                } catch {
                    logger.warning(
                        "A backfill failed; trying again",
                        metadata: ["table": "\(table.name)", "target": "\(target)", "error": "\(error)"])
                    try await Task.sleep(for: .seconds(1))
                }
            }
        }
    }
}
