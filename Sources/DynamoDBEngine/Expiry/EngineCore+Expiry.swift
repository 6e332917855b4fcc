import DynamoDB
import Logging

extension EngineCore {
    /// Deletes expired items in the background, soon after they expire, as long as the engine is open.
    func startExpiry() {
        let logger = logger
        Task(priority: .utility) { [weak self] in
            while true {
                do {
                    guard let hasMore = try await self?.deleteExpired() else { return }
                    if hasMore { continue }
                } catch {
                    logger.warning("Expired items could not be deleted", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// Deletes a batch of expired items of each table.
    ///
    /// - Returns: whether there may be more.
    func deleteExpired() async throws -> Bool {
        var hasMore = false
        let now = clock.now / 1_000_000
        for table in catalogue.store.tables where table.record.timeToLiveAttribute != nil && table.isInUse {
            do {
                let due = try await reads.pages.run { [database] in try ExpiryBatch(of: table, at: now, database) }
                if try await due?.delete(commits) == true { hasMore = true }
            } catch is TableRetired {
                hasMore = true
            } catch {
                // The other tables' items expire none the less.
                logger.warning(
                    "Expired items could not be deleted", metadata: ["table": "\(table.name)", "error": "\(error)"])
            }
        }
        return hasMore
    }
}

/// Some of a table's items that are due to be deleted.
struct ExpiryBatch: Sendable {
    /// So many items that a lock is held for a millisecond at most,
    private static let size = 64
    /// or so many bytes of what their deletion records.
    private static let bytes = 1 << 20
    /// AWS leaves items alone that expired more than five years ago: their attribute hardly means a time.
    private static let oldest: UInt64 = 5 * 365 * 24 * 3600

    private let table: Table
    private let attribute: String
    private let entries: [ExpiryEntry]

    /// - Parameter now: seconds since 1970.
    /// - Returns: nil if nothing is due.
    init?(of table: Table, at now: UInt64, _ database: RocksDatabase) throws {
        let keys = try database.keys(in: .expiry, Self.range(of: table, at: now), atMost: ExpiryBatch.size)
        guard !keys.isEmpty, let attribute = table.record.timeToLiveAttribute else { return nil }
        self.table = table
        self.attribute = attribute
        entries = try keys.map(ExpiryEntry.init)
    }

    /// What is older stays: should the clock be wrong, it will be due.
    private static func range(of table: Table, at now: UInt64) -> KeyRange {
        ExpiryEntry.range(of: table.id, from: (now + 1).minus(oldest), upTo: now)
    }

    /// The second at which the oldest item that is due became so; nil if nothing is due.
    static func oldestDue(of table: Table, at now: UInt64, _ database: RocksDatabase) throws -> UInt64? {
        try database.keys(in: .expiry, range(of: table, at: now), atMost: 1).first.map {
            try ExpiryEntry(key: $0).second
        }
    }

    /// Deletes those of the items that have not changed meanwhile, as any write does, and the entries.
    ///
    /// - Returns: whether there may be more.
    func delete(_ commits: CommitPath) async throws -> Bool {
        let handled = try await commits.commit(keys: entries.map(\.itemKey)) { unit in
            guard !table.isRetired else { throw TableRetired() }
            for (number, entry) in entries.enumerated() {
                if unit.batch.bytes >= ExpiryBatch.bytes { return number }
                unit.batch.delete(entry.key, in: .expiry)
                let stored = try unit.stored(entry.itemKey)
                guard let item = stored.item, try isDue(item, entry) else { continue }
                let write = PlannedWrite(.expire, at: entry.itemKey, in: table)
                try write.stageChange(replacing: stored, in: unit)
            }
            return entries.count
        }
        return handled < entries.count || entries.count == ExpiryBatch.size
    }

    private func isDue(_ item: StoredItem, _ entry: ExpiryEntry) throws -> Bool {
        try item.value(named: attribute)?.expirySecond == entry.second
    }
}
