internal import CRocksDB

/// The store as it was at one moment, however long it is read.
final class Snapshot: @unchecked Sendable {
    private let database: RocksDatabase
    let handle: OpaquePointer?
    private let options: ReadOptions

    init(of database: RocksDatabase) {
        self.database = database
        handle = rocksdb_create_snapshot(database.handle)
        options = ReadOptions(snapshot: handle)
    }

    deinit {
        rocksdb_release_snapshot(database.handle, handle)
    }

    /// Reads one value; nil if the key was absent.
    func value(
        in family: ColumnFamily, forKey key: [UInt8], _ tier: ReadTier = .disk
    ) throws(StorageError) -> PinnedValue? {
        try database.value(in: family, forKey: key, tier, options)
    }
}
