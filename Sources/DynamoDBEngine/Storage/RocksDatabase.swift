import CRocksDB
import Synchronization

/// One open RocksDB directory. All methods may be called from any thread.
///
/// No pointer of the C API leaves the `Storage` folder, except as a buffer inside a closure.
final class RocksDatabase: @unchecked Sendable {
    let handle: OpaquePointer
    let spareBatches = SpareBatches()
    private let families: [OpaquePointer]
    private let options: RocksOptions
    private let pointReads = ReadOptions()
    private let promptWrites: OpaquePointer
    private let patientWrites: OpaquePointer
    private let whenClosed: CloseSignal
    private let whenFailed: @Sendable (StorageError) -> Void
    private let hooks: StorageHooks
    /// The first failure of a call that changes files.
    private let fault = Mutex<StorageError?>(nil)

    /// Opens the directory, creating it if it is missing, and replays its log.
    ///
    /// - Parameters:
    ///   - whenClosed: signalled when the last reference is gone and the files are closed.
    ///   - whenFailed: told of every write that failed in a way after which no other can be made.
    init(
        directory: String, options: StorageOptions, whenClosed: CloseSignal = CloseSignal(),
        whenFailed: @escaping @Sendable (StorageError) -> Void = { _ in }, hooks: StorageHooks = StorageHooks()
    ) throws(StorageError) {
        self.hooks = hooks
        self.whenClosed = whenClosed
        self.whenFailed = whenFailed
        self.options = try RocksOptions(options)
        let names = ColumnFamily.allCases.map { family in
            Optional(UnsafeRawPointer(family.name.utf8Start).assumingMemoryBound(to: CChar.self))
        }
        let familyOptions = self.options.families.map { Optional($0) }
        var handles = [OpaquePointer?](repeating: nil, count: names.count)
        let database = self.options.database
        if try directoryExists(directory) {
            try LogSequence.check(directory, options.encryption)
            if options.encryption != nil { try emptyUnwrittenLogs(in: directory) }
        }
        do throws(StorageError) {
            handle = try rocks { error in
                rocksdb_open_column_families(
                    database, directory, Int32(names.count), names, familyOptions, &handles, &error)
            }
        } catch {
            throw try error.namingLogs(of: directory)
        }
        families = handles.compactMap { $0 }
        promptWrites = rocksdb_writeoptions_create()
        rocksdb_writeoptions_set_no_slowdown(promptWrites, 1)
        patientWrites = rocksdb_writeoptions_create()
        try removeOptionDrafts(in: directory)
    }

    deinit {
        rocksdb_writeoptions_destroy(promptWrites)
        rocksdb_writeoptions_destroy(patientWrites)
        for family in families { rocksdb_column_family_handle_destroy(family) }
        rocksdb_close(handle)
        whenClosed.signal()
    }

    func pointer(to family: ColumnFamily) -> OpaquePointer {
        families[family.rawValue]
    }

    /// Reads one value; nil if the key is absent.
    func value(
        in family: ColumnFamily, forKey key: [UInt8], _ tier: ReadTier = .disk
    ) throws(StorageError) -> PinnedValue? {
        try value(in: family, forKey: key, tier, pointReads)
    }

    /// As ``value(in:forKey:_:)``, with options of the caller's.
    func value(
        in family: ColumnFamily, forKey key: [UInt8], _ tier: ReadTier, _ options: ReadOptions
    ) throws(StorageError) -> PinnedValue? {
        stopCountingCalls()
        let slice = try rocksOptional { error in
            key.withCharacters { bytes, count in
                rocksdb_get_pinned_cf(handle, options[tier], pointer(to: family), bytes, count, &error)
            }
        }
        guard let slice else { return nil }
        let value = PinnedValue(slice)
        // RocksDB 7.8 says so when the key may be in a file that is not open. No value that is stored is empty.
        if tier == .memory, value.bytes.isEmpty { throw StorageError(message: "Result incomplete: a file is not open") }
        return value
    }

    /// The first keys of a range, in their order.
    func keys(in family: ColumnFamily, _ range: KeyRange, atMost count: Int) throws(StorageError) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        let cursor = RangeCursor(self, family, in: range, forward: true, withinPrefix: false)
        while keys.count < count, try cursor.isValid() {
            keys.append(Array(cursor.key))
            cursor.advance()
        }
        return keys
    }

    /// How a write behaves when flushes and compaction have fallen behind.
    enum WriteMode: Sendable {
        /// Fails with ``StorageError/Kind/stalled`` at once: for cooperative threads, which must not block.
        case prompt
        /// Waits: for threads that may block.
        case patient
    }

    /// Calls a function that changes files, and tells of its failure.
    ///
    /// - Parameter injected: a failure instead of the call.
    private func change(
        injected: StorageError? = nil, _ body: (inout UnsafeMutablePointer<CChar>?) -> Void
    ) throws(StorageError) {
        do throws(StorageError) {
            if let injected { throw injected }
            try rocksVoid(body)
        } catch {
            guard error.kind != .stalled else { throw error }
            var fault = error
            fault.isFault = true
            self.fault.withLock { [fault] in $0 = $0 ?? fault }
            whenFailed(fault)
            throw fault
        }
    }

    /// Appends the batch to the log (handed to the operating system, not yet synced) and makes it visible.
    func write(_ batch: RocksBatch, mode: WriteMode) throws(StorageError) {
        stopCountingCalls()
        // After a fault none is tried, even where RocksDB would make it.
        try change(injected: fault.withLock { $0 } ?? hooks.beforeWrite?(mode)) { error in
            rocksdb_write(handle, mode == .prompt ? promptWrites : patientWrites, batch.handle, &error)
        }
    }

    /// Returns once RocksDB takes writes without waiting, or refuses them. Blocks its thread.
    func waitForRoom() throws(StorageError) {
        try write(RocksBatch(for: self), mode: .patient)
    }

    /// Returns once every earlier write is on disk (fdatasync of the log).
    func syncLog() throws(StorageError) {
        try change(injected: hooks.beforeSync?()) { error in rocksdb_flush_wal(handle, 1, &error) }
    }

    /// Writes the memtables to files, so that the next open has no log to replay.
    func flush() throws(StorageError) {
        let flushOptions: OpaquePointer = rocksdb_flushoptions_create()
        defer { rocksdb_flushoptions_destroy(flushOptions) }
        for family in families {
            try change { error in rocksdb_flush_cf(handle, flushOptions, family, &error) }
        }
    }

    /// Reads everything once and compares it with its checksums.
    ///
    /// - Throws: ``StorageError`` of kind `corruption`, naming the file.
    func verify() throws(StorageError) {
        let readOptions: OpaquePointer = rocksdb_readoptions_create()
        defer { rocksdb_readoptions_destroy(readOptions) }
        rocksdb_readoptions_set_verify_checksums(readOptions, 1)
        rocksdb_readoptions_set_fill_cache(readOptions, 0)
        rocksdb_readoptions_set_total_order_seek(readOptions, 1)
        rocksdb_readoptions_set_readahead_size(readOptions, 2 << 20)
        for family in families {
            let iterator: OpaquePointer = rocksdb_create_iterator_cf(handle, readOptions, family)
            defer { rocksdb_iter_destroy(iterator) }
            rocksdb_iter_seek_to_first(iterator)
            while rocksdb_iter_valid(iterator) != 0 { rocksdb_iter_next(iterator) }
            try rocksVoid { error in rocksdb_iter_get_error(iterator, &error) }
        }
    }

    /// Compacts everything; for tests and measurements.
    func compact() {
        for family in families { rocksdb_compact_range_cf(handle, family, nil, 0, nil, 0) }
    }

    /// Ends ``rewrite()`` early, now and for good.
    func stopRewriting() { rocksdb_disable_manual_compaction(handle) }

    /// Writes every file anew, those of the last level too. Blocks its thread for as long as that takes.
    func rewrite() throws(StorageError) {
        try flush()
        let options: OpaquePointer = rocksdb_compactoptions_create()
        defer { rocksdb_compactoptions_destroy(options) }
        // Compactions that the store needs go on beside this one.
        rocksdb_compactoptions_set_exclusive_manual_compaction(options, 0)
        let forceOptimized: UInt8 = 3
        rocksdb_compactoptions_set_bottommost_level_compaction(options, forceOptimized)
        for family in families { rocksdb_compact_range_cf_opt(handle, family, options, nil, 0, nil, 0) }
    }

    /// Drops whole files that lie inside the range, giving their space back without waiting for compaction.
    func deleteFiles(_ range: KeyRange, in family: ColumnFamily) throws(StorageError) {
        try change { error in
            range.lower.withCharacters { lowerBytes, lowerCount in
                range.upper.withCharacters { upperBytes, upperCount in
                    rocksdb_delete_file_in_range_cf(
                        handle, pointer(to: family), lowerBytes, lowerCount, upperBytes, upperCount, &error)
                }
            }
        }
    }
}

extension RocksDatabase {
    /// The bytes that a range takes in files, by RocksDB's estimate; without what is still only in memory.
    func approximateSize(of range: KeyRange, in family: ColumnFamily) throws(StorageError) -> Int {
        var size: UInt64 = 0
        try rocksVoid { error in
            range.lower.withCharacters { lower, lowerCount in
                range.upper.withCharacters { upper, upperCount in
                    var (start, startCount, limit, limitCount) = (lower, lowerCount, upper, upperCount)
                    rocksdb_approximate_sizes_cf(
                        handle, pointer(to: family), 1, &start, &startCount, &limit, &limitCount, &size, &error)
                }
            }
        }
        return Int(clamping: size)
    }
}

/// Tells when the last user of a database is gone and its files are closed.
final class CloseSignal: Sendable {
    private struct State {
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func signal() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed { state.waiters.append(continuation) }
                return state.isClosed
            }
            if isClosed { continuation.resume() }
        }
    }
}
