import CRocksDB

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

/// A value read from the store, pinned in its block or memtable instead of copied; released at the end of its scope.
struct PinnedValue: ~Copyable {
    private let slice: OpaquePointer
    let bytes: UnsafeRawBufferPointer

    init(_ slice: OpaquePointer) {
        self.slice = slice
        var count = 0
        let start = rocksdb_pinnableslice_value(slice, &count)
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    deinit { rocksdb_pinnableslice_destroy(slice) }
}

/// How far a read of single values goes for its data.
///
/// Not for cursors: RocksDB 7.8 passes over whole files in silence when a cursor that must not read from the disk comes to
/// one whose index is not in memory.
enum ReadTier: Sendable {
    /// Only what is in memory: for threads that must not wait for a disk. Otherwise the read fails with
    /// ``StorageError/Kind/uncached``.
    case memory
    case disk
}

/// RocksDB's options of point reads, for each tier.
final class ReadOptions: @unchecked Sendable {
    private let memory: OpaquePointer
    private let disk: OpaquePointer

    /// - Parameter snapshot: the view to read; nil for the newest.
    init(snapshot: OpaquePointer? = nil) {
        disk = rocksdb_readoptions_create()
        memory = rocksdb_readoptions_create()
        let blockCacheTier: Int32 = 1
        rocksdb_readoptions_set_read_tier(memory, blockCacheTier)
        for options in [memory, disk] { rocksdb_readoptions_set_snapshot(options, snapshot) }
    }

    deinit {
        rocksdb_readoptions_destroy(memory)
        rocksdb_readoptions_destroy(disk)
    }

    subscript(tier: ReadTier) -> OpaquePointer {
        switch tier {
        case .memory: memory
        case .disk: disk
        }
    }
}
