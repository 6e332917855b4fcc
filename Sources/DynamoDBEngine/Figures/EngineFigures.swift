/// What an engine knows of itself, for those who watch it: counters since it was opened, and how things are now.
public struct EngineFigures: Sendable {
    /// A table or one of its indexes.
    public struct Part: Sendable {
        /// The table.
        public var table: String
        /// The index; nil for the table itself.
        public var index: String?
        /// How many items or entries it holds.
        public var items: Int
        /// Their bytes by AWS's accounting.
        public var bytes: Int
        /// Read units since the engine was opened.
        public var consumedReadUnits: Double
        /// Write units since the engine was opened; of a vector index the bytes.
        public var consumedWriteUnits: Double
    }

    /// RocksDB's figures. Nil is what it does not tell.
    public struct Storage: Sendable {
        /// Bytes that compaction has to rewrite until the levels have their sizes.
        public var pendingCompactionBytes: UInt64?
        /// Whether writes are stopped until flushes or compaction have caught up.
        public var isStopped: Bool?
        /// Bytes a second that writes are slowed down to; 0 when they are not.
        public var delayedWriteRate: UInt64?
        /// Bytes of memtables.
        public var memtableBytes: UInt64?
        /// Bytes of cached blocks, indexes and filters.
        public var blockCacheBytes: UInt64?
        /// Bytes of all live files of data.
        public var fileBytes: UInt64?
        /// Errors of flushes and compaction since it was opened.
        public var backgroundErrors: UInt64?
    }

    /// Tables and indexes.
    public var parts: [Part]
    /// RocksDB's figures.
    public var storage: Storage
    /// Seconds for which the oldest expired item has been waiting to be deleted, by table; 0 when none is. Tables without
    /// expiry are left out.
    public var expiryLag: [String: Double]
    /// How many syncs of the log were made.
    public var syncs: Int
    /// For how many waiting writes and reads together.
    public var syncedWaiters: Int
    /// How long the syncs took, in seconds.
    public var syncSeconds: Double
    /// Whether a write would be accepted now.
    public var isWritable: Bool
}

extension Engine {
    /// Reads all figures. It reads an entry of the disk for each table with expiry, and never waits for writers.
    ///
    /// - Throws: when the engine is closed or its disk cannot be read.
    public func figures() async throws -> EngineFigures {
        let isWritable = (try? checkWritable()) != nil
        let core = try openCore()
        return try await core.reads.pages.run {
            let (count, waiters, seconds) = core.durability.syncFigures
            let tables = core.catalogue.store.tables
            return EngineFigures(
                parts: tables.flatMap(\.figures), storage: core.database.figures,
                expiryLag: try core.expiryLag(of: tables), syncs: count, syncedWaiters: waiters, syncSeconds: seconds,
                isWritable: isWritable)
        }
    }
}

extension Table {
    fileprivate var figures: [EngineFigures.Part] {
        [EngineFigures.Part(of: name, nil, tally)]
            + indexes.map { EngineFigures.Part(of: name, $0.name, $0.tally) }
    }
}

extension EngineFigures.Part {
    fileprivate init(of table: String, _ index: String?, _ tally: Tally) {
        self.init(
            table: table, index: index, items: tally.items, bytes: tally.bytes,
            consumedReadUnits: tally.consumedReadUnits, consumedWriteUnits: tally.consumedWriteUnits)
    }
}

extension RocksDatabase {
    fileprivate var figures: EngineFigures.Storage {
        EngineFigures.Storage(
            pendingCompactionBytes: sum(of: "rocksdb.estimate-pending-compaction-bytes"),
            isStopped: integer("rocksdb.is-write-stopped").map { $0 != 0 },
            delayedWriteRate: integer("rocksdb.actual-delayed-write-rate"),
            memtableBytes: sum(of: "rocksdb.cur-size-all-mem-tables"),
            // One cache serves all families.
            blockCacheBytes: integer("rocksdb.block-cache-usage"),
            fileBytes: sum(of: "rocksdb.total-sst-files-size"),
            backgroundErrors: integer("rocksdb.background-errors"))
    }
}

extension EngineCore {
    fileprivate func expiryLag(of tables: [Table]) throws -> [String: Double] {
        let now = clock.now / 1_000_000
        var lags: [String: Double] = [:]
        for table in tables where table.record.timeToLiveAttribute != nil && table.isInUse {
            let oldest = try ExpiryBatch.oldestDue(of: table, at: now, database)
            lags[table.name] = max(lags[table.name] ?? 0, oldest.map { Double(now - $0) } ?? 0)
        }
        return lags
    }
}
