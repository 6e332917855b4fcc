internal import DynamoDB

/// Some of a table's items that are due to be deleted.
struct ExpiryBatch: Sendable {
    /// So many items that a lock is held for a millisecond at most.
    private static let size = 64
    /// AWS leaves items alone that expired more than five years ago: their attribute hardly means a time.
    private static let oldest: UInt64 = 5 * 365 * 24 * 3600

    private let table: Table
    private let attribute: String
    private let entries: [ExpiryEntry]
    private let now: UInt64

    /// - Parameter now: seconds since 1970.
    /// - Returns: nil if nothing is due.
    init?(of table: Table, at now: UInt64, _ database: RocksDatabase) throws {
        let keys = try database.keys(
            in: .expiry, ExpiryEntry.range(of: table.id, upTo: now), atMost: ExpiryBatch.size)
        guard !keys.isEmpty, let attribute = table.record.timeToLiveAttribute else { return nil }
        self.table = table
        self.attribute = attribute
        self.now = now
        entries = try keys.map(ExpiryEntry.init)
    }

    /// Deletes those of the items that have not changed meanwhile, as any write does, and the entries.
    ///
    /// - Returns: whether there may be more.
    func delete(_ commits: CommitPath) async throws -> Bool {
        try await commits.commit(keys: entries.map(\.itemKey)) { unit in
            guard !table.isRetired else { throw TableRetired() }
            for entry in entries {
                unit.batch.delete(entry.key, in: .expiry)
                let stored = try unit.stored(entry.itemKey)
                guard let item = stored.item, try isDue(item, entry) else { continue }
                var write = PreparedWrite(deletingStored: entry.itemKey, in: table)
                write.isExpiry = true
                _ = try write.stage(replacing: stored, in: unit)
            }
        }
        return entries.count == ExpiryBatch.size
    }

    private func isDue(_ item: StoredItem, _ entry: ExpiryEntry) throws -> Bool {
        guard try item.value(named: attribute)?.expirySecond == entry.second else { return false }
        return entry.second + ExpiryBatch.oldest > now
    }
}
