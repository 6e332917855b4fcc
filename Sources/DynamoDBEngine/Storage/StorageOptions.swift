import CRocksDB

/// Sizes that decide memory use and write throughput of the store.
struct StorageOptions: Sendable {
    /// Bytes of uncompressed blocks, indexes and filters kept in memory.
    var blockCacheBytes = 128 << 20
    /// Bytes of one memtable; a family has at most four.
    var writeBufferBytes = 64 << 20
    /// Files of data that are open at once.
    var maximumOpenFiles = 1024
    /// Bytes of all memtables together, after which the largest is flushed early.
    var memtableBytes: Int { 4 * writeBufferBytes }
    /// Bytes of live write-ahead logs after which the oldest memtables are flushed; bounds recovery after a crash to
    /// about a second.
    var maximumLogBytes: UInt64 = 192 << 20
    /// What encrypts the files; nil for files that are not encrypted.
    var encryption: FileEncryption?
}

/// The C option objects made from ``StorageOptions``; they live as long as the database.
final class RocksOptions: @unchecked Sendable {
    let database: OpaquePointer
    let families: [OpaquePointer]
    private let cache: OpaquePointer
    /// Its environment has to outlive the database.
    private let encryption: FileEncryption?

    /// Length of the key prefix that Bloom filters know: identifier and partition hash, see ``ItemKey``.
    static let prefixLength = 8

    init(_ options: StorageOptions) throws(StorageError) {
        cache = RocksOptions.makeCache(options)
        database = RocksOptions.makeDatabase(options)
        encryption = options.encryption
        if let encryption { rocksdb_options_set_env(database, encryption.environment) }
        let cache = cache
        families = try ColumnFamily.allCases.map { family throws(StorageError) in
            let raw = RocksOptions.makeFamily(family, options, cache: cache)
            return family == .indexes ? try RocksOptions.rememberingPositions(raw) : raw
        }
    }

    deinit {
        rocksdb_options_destroy(database)
        for family in families { rocksdb_options_destroy(family) }
        rocksdb_cache_destroy(cache)
    }

    private static func makeCache(_ options: StorageOptions) -> OpaquePointer {
        // RocksDB makes up to 64 shards, of 2 MB then. What is larger than a shard is never kept in it, and the filter
        // of a file of small items is: it would be read again for each read.
        let smallestShard = 16 << 20
        let raw: OpaquePointer = rocksdb_lru_cache_options_create()
        defer { rocksdb_lru_cache_options_destroy(raw) }
        rocksdb_lru_cache_options_set_capacity(raw, options.blockCacheBytes)
        let shards = max(1, options.blockCacheBytes / smallestShard)
        rocksdb_lru_cache_options_set_num_shard_bits(raw, Int32(min(6, Int.bitWidth - 1 - shards.leadingZeroBitCount)))
        return rocksdb_cache_create_lru_opts(raw)
    }

    private static func makeDatabase(_ options: StorageOptions) -> OpaquePointer {
        let raw: OpaquePointer = rocksdb_options_create()
        rocksdb_options_set_create_if_missing(raw, 1)
        rocksdb_options_set_create_missing_column_families(raw, 1)
        // A torn tail was never acknowledged and is dropped. Damage before it is an error: opening what comes before the
        // damage would silently lose what came after.
        rocksdb_options_set_wal_recovery_mode(raw, Int32(rocksdb_tolerate_corrupted_tail_records_recovery))
        rocksdb_options_set_max_total_wal_size(raw, options.maximumLogBytes)
        rocksdb_options_set_db_write_buffer_size(raw, options.memtableBytes)
        rocksdb_options_set_max_background_jobs(raw, 2)
        rocksdb_options_set_max_open_files(raw, Int32(clamping: options.maximumOpenFiles))
        // Writers insert into memtables one after another: only so are positions remembered, see below.
        rocksdb_options_set_allow_concurrent_memtable_write(raw, 0)
        // Spreads write-back over time, so that one fdatasync of the log does not wait for a whole memtable flush.
        rocksdb_options_set_bytes_per_sync(raw, 1 << 20)
        rocksdb_options_set_skip_stats_update_on_db_open(raw, 1)
        rocksdb_options_set_stats_dump_period_sec(raw, 0)
        // No line in the info log: once one has found the disk full, RocksDB 7.8 aborts the process at the next
        // (facebook/rocksdb pull request 12448 has the assertion). What goes wrong is thrown by the calls.
        let aboveEveryLevel: Int32 = 6
        rocksdb_options_set_info_log_level(raw, aboveEveryLevel)
        rocksdb_options_set_keep_log_file_num(raw, 1)
        return raw
    }

    private static func makeFamily(
        _ family: ColumnFamily, _ options: StorageOptions, cache: OpaquePointer
    ) -> OpaquePointer {
        let raw: OpaquePointer = rocksdb_options_create()
        let table: OpaquePointer = rocksdb_block_based_options_create()
        defer { rocksdb_block_based_options_destroy(table) }
        rocksdb_block_based_options_set_format_version(table, 5)
        rocksdb_block_based_options_set_block_cache(table, cache)
        // Indexes and filters count against the cache: memory stays bounded however large the data grows.
        rocksdb_block_based_options_set_cache_index_and_filter_blocks(table, 1)
        rocksdb_block_based_options_set_cache_index_and_filter_blocks_with_high_priority(table, 1)
        rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(table, 1)
        // In parts, of which a read needs one: all files' whole indexes would not fit into the cache. Filters stay whole:
        // in parts, RocksDB 7.8 misses keys in backward reads of a prefix (facebook/rocksdb pull request 12872).
        rocksdb_block_based_options_set_index_type(
            table, Int32(rocksdb_block_based_table_index_type_two_level_index_search))
        guard family != .catalogue, family != .tokens else {
            rocksdb_options_set_block_based_table_factory(raw, table)
            rocksdb_options_set_write_buffer_size(raw, 1 << 20)
            return raw
        }
        rocksdb_block_based_options_set_block_size(table, 8 << 10)
        if family.isKeyedByPartition {
            rocksdb_block_based_options_set_filter_policy(table, rocksdb_filterpolicy_create_bloom_full(10))
            rocksdb_options_set_prefix_extractor(raw, rocksdb_slicetransform_create_fixed_prefix(prefixLength))
            // Whole keys matter to point reads of items only; an index is always read by range.
            rocksdb_block_based_options_set_whole_key_filtering(table, family == .items ? 1 : 0)
            if family == .items {
                // Spares a put of a new item the search for an old one. An index is read too rarely to pay for it.
                rocksdb_options_set_memtable_prefix_bloom_size_ratio(raw, 0.02)
                rocksdb_options_set_memtable_whole_key_filtering(raw, 1)
            }
        }
        if family == .expiry {
            // Expired entries pile up as deletions at the front, where every look for due ones begins.
            rocksdb_options_add_compact_on_deletion_collector_factory(raw, 4096, 1024)
        }
        rocksdb_options_set_block_based_table_factory(raw, table)
        rocksdb_options_set_write_buffer_size(raw, options.writeBufferBytes)
        rocksdb_options_set_max_write_buffer_number(raw, 4)
        rocksdb_options_set_target_file_size_base(raw, 64 << 20)
        rocksdb_options_set_max_bytes_for_level_base(raw, 512 << 20)
        rocksdb_options_set_level_compaction_dynamic_level_bytes(raw, 1)
        rocksdb_options_set_compression(raw, Int32(rocksdb_lz4_compression))
        // The first files are soon compacted into others: compressing them costs more time than their size.
        rocksdb_options_set_min_level_to_compress(raw, 1)
        return raw
    }

    /// Makes memtables remember, for each partition, where its last entry was put, and try that place first.
    ///
    /// Most partitions of an index grow at their end. A search of the whole memtable is then spared: an event with two
    /// indexes takes 22 % less processor time. Where each entry has a partition of its own, as in tables without sort
    /// keys, it would cost a quarter more instead: so not for items. Only this way of setting it is in the C API.
    ///
    /// - Returns: what takes the place of `raw`, which is destroyed.
    private static func rememberingPositions(_ raw: OpaquePointer) throws(StorageError) -> OpaquePointer {
        defer { rocksdb_options_destroy(raw) }
        let result: OpaquePointer = rocksdb_options_create()
        try rocksVoid { error in
            rocksdb_get_options_from_string(
                raw, "memtable_insert_with_hint_prefix_extractor=fixed:\(prefixLength)", result, &error)
        }
        return result
    }
}

extension ColumnFamily {
    /// Whether keys begin with an identifier and a partition's hash: ``RocksOptions/prefixLength`` bytes.
    fileprivate var isKeyedByPartition: Bool { self == .items || self == .indexes }
}

/// What a test does before writes and syncs: hold them back as a stall or a slow disk does, or fail them with an error.
struct StorageHooks: Sendable {
    var beforeWrite: (@Sendable (RocksDatabase.WriteMode) -> StorageError?)?
    var beforeSync: (@Sendable () -> StorageError?)?
}
