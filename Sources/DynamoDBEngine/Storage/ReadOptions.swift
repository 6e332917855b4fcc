internal import CRocksDB

/// How far a read goes for its data.
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
        set(.memory, in: memory)
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

/// Makes reads with the options go as far as the tier.
func set(_ tier: ReadTier, in options: OpaquePointer) {
    let blockCacheTier: Int32 = 1
    if tier == .memory { rocksdb_readoptions_set_read_tier(options, blockCacheTier) }
}
