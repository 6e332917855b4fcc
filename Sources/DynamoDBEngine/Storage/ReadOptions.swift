internal import CRocksDB

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
