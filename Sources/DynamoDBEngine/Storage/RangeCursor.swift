internal import CRocksDB

/// Walks the entries of a half-open key range, in either direction, over a consistent view of the store.
struct RangeCursor: ~Copyable {
    private let iterator: OpaquePointer
    private let options: OpaquePointer
    // RocksDB keeps pointers to the bounds, so they need an address of their own.
    private let lower: UnsafeMutableRawBufferPointer
    private let upper: UnsafeMutableRawBufferPointer
    private let forward: Bool

    /// Positions on the first entry in the given direction.
    ///
    /// - Parameters:
    ///   - withinPrefix: whether all keys of the range share their first ``RocksOptions/prefixLength`` bytes,
    ///     as those of one partition do; then filters spare the files that lack the partition.
    ///   - snapshot: the view to walk over; nil for the newest.
    init(
        _ database: RocksDatabase, _ family: ColumnFamily, in range: KeyRange, forward: Bool, withinPrefix: Bool,
        snapshot: Snapshot? = nil
    ) {
        stopCountingCalls()
        self.forward = forward
        lower = .copy(of: range.lower)
        upper = .copy(of: range.upper)
        options = rocksdb_readoptions_create()
        rocksdb_readoptions_set_iterate_lower_bound(options, lower.characters, lower.count)
        rocksdb_readoptions_set_iterate_upper_bound(options, upper.characters, upper.count)
        if let snapshot { rocksdb_readoptions_set_snapshot(options, snapshot.handle) }
        if withinPrefix {
            rocksdb_readoptions_set_prefix_same_as_start(options, 1)
        } else {
            rocksdb_readoptions_set_total_order_seek(options, 1)
        }
        iterator = rocksdb_create_iterator_cf(database.handle, options, database.pointer(to: family))
        if forward {
            rocksdb_iter_seek(iterator, lower.characters, lower.count)
        } else {
            // The upper bound is not in the range, so that the entry before it is found even if it exists.
            rocksdb_iter_seek_for_prev(iterator, upper.characters, upper.count)
            if rocksdb_iter_valid(iterator) != 0, key.elementsEqual(upper) { rocksdb_iter_prev(iterator) }
        }
    }

    deinit {
        rocksdb_iter_destroy(iterator)
        rocksdb_readoptions_destroy(options)
        lower.deallocate()
        upper.deallocate()
    }

    /// Whether the cursor is on an entry. False at the end of the range.
    func isValid() throws(StorageError) -> Bool {
        if rocksdb_iter_valid(iterator) != 0 { return true }
        try rocksVoid { error in rocksdb_iter_get_error(iterator, &error) }
        return false
    }

    /// The entry's key; valid until the cursor moves.
    var key: UnsafeRawBufferPointer {
        var count = 0
        let start = rocksdb_iter_key(iterator, &count)
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    /// The entry's value; valid until the cursor moves.
    var value: UnsafeRawBufferPointer {
        var count = 0
        let start = rocksdb_iter_value(iterator, &count)
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    /// Moves on by one entry.
    func advance() {
        if forward { rocksdb_iter_next(iterator) } else { rocksdb_iter_prev(iterator) }
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate static func copy(of bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        buffer.copyBytes(from: bytes)
        return buffer
    }

    fileprivate var characters: UnsafePointer<CChar>? {
        UnsafePointer(baseAddress?.assumingMemoryBound(to: CChar.self))
    }
}
