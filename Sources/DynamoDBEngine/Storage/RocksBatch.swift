internal import CRocksDB
internal import Synchronization

/// Changes that are written together or not at all. Belongs to one thread at a time.
final class RocksBatch {
    let handle: OpaquePointer
    private let database: RocksDatabase

    init(for database: RocksDatabase) {
        self.database = database
        handle = database.spareBatches.take()
    }

    deinit { database.spareBatches.giveBack(handle) }

    /// The number of changes.
    var count: Int { Int(rocksdb_writebatch_count(handle)) }

    /// The size of all changes, keys and values.
    var bytes: Int {
        var count = 0
        _ = rocksdb_writebatch_data(handle, &count)
        return count
    }

    func put(_ key: [UInt8], _ value: [UInt8], in family: ColumnFamily) {
        key.withCharacters { keyBytes, keyCount in
            value.withCharacters { valueBytes, valueCount in
                rocksdb_writebatch_put_cf(
                    handle, database.pointer(to: family), keyBytes, keyCount, valueBytes, valueCount)
            }
        }
    }

    func delete(_ key: [UInt8], in family: ColumnFamily) {
        key.withCharacters { bytes, count in
            rocksdb_writebatch_delete_cf(handle, database.pointer(to: family), bytes, count)
        }
    }

    /// Forgets all changes.
    func clear() {
        rocksdb_writebatch_clear(handle)
    }

    /// Deletes all keys of the range.
    func deleteRange(_ range: KeyRange, in family: ColumnFamily) {
        range.lower.withCharacters { lowerBytes, lowerCount in
            range.upper.withCharacters { upperBytes, upperCount in
                rocksdb_writebatch_delete_range_cf(
                    handle, database.pointer(to: family), lowerBytes, lowerCount, upperBytes, upperCount)
            }
        }
    }
}

/// Empty batches that have their memory already: a new one would grow by doubling, and copy its contents each time.
final class SpareBatches: Sendable {
    private struct Batch: @unchecked Sendable { let handle: OpaquePointer }

    // As many as commits run at once, and none that a big transaction has blown up.
    private static let limit = 16
    private static let largestKept = 1 << 20

    private let batches = Mutex<[Batch]>([])

    deinit {
        for batch in batches.withLock({ $0 }) { rocksdb_writebatch_destroy(batch.handle) }
    }

    fileprivate func take() -> OpaquePointer {
        batches.withLock { $0.popLast() }?.handle ?? rocksdb_writebatch_create()
    }

    fileprivate func giveBack(_ handle: OpaquePointer) {
        var bytes = 0
        _ = rocksdb_writebatch_data(handle, &bytes)
        let batch = Batch(handle: handle)
        let isKept =
            bytes <= SpareBatches.largestKept
            && batches.withLock { batches in
                guard batches.count < SpareBatches.limit else { return false }
                rocksdb_writebatch_clear(batch.handle)
                batches.append(batch)
                return true
            }
        if !isKept { rocksdb_writebatch_destroy(handle) }
    }
}
