internal import CRocksDB

/// Changes that are written together or not at all. Belongs to one thread at a time.
final class WriteBatch {
    let handle: OpaquePointer
    private let database: RocksDatabase

    init(for database: RocksDatabase) {
        self.database = database
        handle = rocksdb_writebatch_create()
    }

    deinit { rocksdb_writebatch_destroy(handle) }

    /// The number of changes.
    var count: Int { Int(rocksdb_writebatch_count(handle)) }

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
