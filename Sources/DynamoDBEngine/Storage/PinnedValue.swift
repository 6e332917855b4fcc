internal import CRocksDB

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
