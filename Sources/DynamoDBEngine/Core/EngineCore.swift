import Dispatch
import DynamoDB
import Logging
import Synchronization

/// Everything that an open engine consists of, as one namespace sees it. Operations in flight keep it alive past
/// ``Engine/close()``.
final class EngineCore: Sendable {
    let database: RocksDatabase
    let catalogue: NamespaceCatalogue
    let commits: CommitPath
    let durability: GroupCommit
    let clock: EngineClock
    let throttle: Throttle?
    let reads: ReadLanes
    let logger: Logger
    let address: String
    /// For what waits for writers or must not meet its like: removal of tables and indexes, the beginning of a
    /// backfill, changes of what a table keeps on record and the trimming of that.
    let changes: BlockingLane
    let backups: BackupStore
    /// Whether the directory's files are encrypted.
    let isEncrypted: Bool
    /// The keys of an encrypted directory.
    let dataKeys: DataKeyWatch?
    let restores: RestoreSources
    /// For backups, restores and the deletion of tables that leave a backup, one after the other.
    let longWork: BlockingLane
    /// Up to which time records of streams were removed, in microseconds since 1970. That of the root counts.
    let streamHorizon = Atomic<UInt64>(0)
    let spentTokens: SpentTokens
    private let stopping = Atomic(false)
    private let repeaters = Mutex<[Repeater]>([])
    /// The core of the namespace that all share, which also does what has to be done for all namespaces.
    private let shared: EngineCore?

    /// - Parameters:
    ///   - whenClosed: signalled when nobody uses the core any more.
    ///   - whenFailed: told of every write that failed in a way after which no other can be made.
    init(
        _ options: Engine.Options, whenClosed: CloseSignal, logger: Logger,
        whenFailed: @escaping @Sendable (StorageError) -> Void
    ) throws {
        try createDirectory(options.directory)
        let encryption = try DirectoryKeys(directory: options.directory).open(options.encryption)
        let database = try RocksDatabase(
            directory: options.directory,
            options: StorageOptions(
                blockCacheBytes: options.blockCacheBytes, writeBufferBytes: options.writeBufferBytes,
                maximumOpenFiles: options.maximumOpenFiles, encryption: encryption),
            whenClosed: whenClosed, whenFailed: whenFailed, hooks: options.hooks)
        isEncrypted = encryption != nil
        dataKeys = encryption.flatMap { encryption in
            options.encryption.map { DataKeyWatch($0, encryption, in: options.directory) }
        }
        backups = try BackupStore(
            in: options.directory, keys: options.encryption?.keys, encrypts: encryption != nil, logger: logger)
        if options.verifiesFiles { try database.verify() }
        let catalogue = try Catalogue(database)
        self.database = database
        self.catalogue = NamespaceCatalogue(catalogue, namespace: "")
        self.logger = logger
        changes = BlockingLane(label: "miyabi.dynamodb.changes")
        longWork = BlockingLane(label: "miyabi.dynamodb.long-work")
        restores = RestoreSources()
        shared = nil
        reads = ReadLanes(options.clock)
        address = options.address
        durability = GroupCommit(isEnabled: options.synchronous) { try database.syncLog() }
        let clock = options.clock
        self.clock = clock
        throttle = options.enforceThroughput ? Throttle(now: { clock.monotonic }) : nil
        commits = CommitPath(
            database, durability: durability, clock: CommitClock(clock), throttle: throttle, coldReads: reads.items)
        spentTokens = SpentTokens(database: database)
    }

    /// The same as another namespace sees it.
    private init(_ shared: EngineCore, within namespace: String) {
        self.shared = shared
        catalogue = NamespaceCatalogue(shared.catalogue.store, namespace: namespace)
        database = shared.database
        commits = shared.commits
        durability = shared.durability
        isEncrypted = shared.isEncrypted
        dataKeys = shared.dataKeys
        clock = shared.clock
        throttle = shared.throttle
        reads = shared.reads
        logger = shared.logger
        address = shared.address
        changes = shared.changes
        backups = shared.backups
        restores = shared.restores
        longWork = shared.longWork
        spentTokens = SpentTokens(database: shared.database, namespace: namespace)
    }

    /// The core of the namespace that all share. It lives until the engine is closed; others, as long as an operation.
    var root: EngineCore { shared ?? self }

    func within(_ namespace: String) -> EngineCore {
        namespace == catalogue.namespace ? self : EngineCore(root, within: namespace)
    }

    /// Counts what a read consumed, and takes it from what the table's throughput allows.
    func countRead(_ units: Double, of table: Table, _ index: Index? = nil) {
        (index?.tally ?? table.tally).countRead(units)
        throttle?.takeRead(units, from: table, index)
    }

    /// Whether long work shall end, to go on when the engine is opened again.
    var isStopping: Bool { root.stopping.load(ordering: .relaxed) }

    func stop() {
        root.stopping.store(true, ordering: .relaxed)
        database.stopRewriting()
    }

    /// Keeps something going as long as the core lives.
    func keep(_ repeater: Repeater) {
        root.repeaters.withLock { $0.append(repeater) }
    }

    /// The table of that name.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func table(named name: String) throws(DynamoDBError) -> Table {
        if let table = catalogue.table(named: name), table.isInUse { return table }
        try checkTableName(name)
        throw DynamoDBError(code: .resourceNotFoundException, message: "Requested resource not found", table: name)
    }

    /// Runs `body` with the table, again if the table is replaced meanwhile.
    func withTable<Result>(
        named name: String, _ body: (Table) async throws -> Result
    ) async throws -> Result {
        try await withTables { try await body(try table(named: name)) }
    }

    /// Runs `body`, which looks up tables, again if one of them is replaced meanwhile.
    func withTables<Result>(_ body: () async throws -> Result) async throws -> Result {
        while true {
            do {
                return try await body()
            } catch is TableRetired {
                continue
            }
        }
    }
}

/// The table was deleted or replaced between its look-up and its locks.
struct TableRetired: Error {}

/// What changes of tables have in common.
extension EngineCore {
    /// Waits until a change of the catalogue is on disk.
    func syncCatalogue() async throws {
        try await durability.nextSync()
    }

    /// Waits until nobody writes to a table as it was before a change of its record.
    func waitForWriters() async throws {
        let stripes = commits.stripes
        try await changes.run { stripes.waitForWriters() }
    }

    /// Removes what late writers added to a table or index after its removal, and gives back the space of whole files.
    func sweep(_ ranges: [(ColumnFamily, KeyRange)]) async throws {
        try await changes.run { [self] in try removeNow(ranges) }
    }

    /// As ``sweep(_:)``. Blocks its thread.
    func removeNow(_ ranges: [(ColumnFamily, KeyRange)]) throws {
        commits.stripes.waitForWriters()
        let batch = RocksBatch(for: database)
        for (family, range) in ranges { batch.deleteRange(range, in: family) }
        try database.write(batch, mode: .patient)
        for (family, range) in ranges { try database.deleteFiles(range, in: family) }
    }
}

extension EngineCore {
    /// Does work in the background, after all that was begun earlier. What fails because a disk is full, or for want of
    /// another means, is done again from its beginning; what is damaged is given up.
    ///
    /// If the engine is closed meanwhile the work throws `CancellationError`, and is left to the next start.
    ///
    /// - Parameter name: what the work is, for the log.
    func startLongWork(
        _ name: String, of table: Table, _ work: @escaping @Sendable (EngineCore) throws -> Void,
        givingUp: @escaping @Sendable (EngineCore) throws -> Void
    ) {
        // Of the engine's own: another namespace's core lives as long as an operation.
        longWork.start { [root] in root.attempt(LongWork(name: name, table: table, work: work, givingUp: givingUp)) }
    }

    private func attempt(_ job: LongWork, isRetry: Bool = false) {
        var metadata: Logger.Metadata = ["work": "\(job.name)", "table": "\(job.table.name)"]
        do {
            if isStopping { throw CancellationError() }
            try job.work(self)
        } catch is CancellationError {
            // The engine was closed.
        } catch let error as StorageError where error.kind != .corruption {
            metadata["error"] = "\(error)"
            if !isRetry {
                logger.error("Work in the background failed and is tried again each second", metadata: metadata)
            }
            // Without the engine: it may be closed while nothing is done.
            longWork.start(after: .seconds(1)) { [weak self] in self?.attempt(job, isRetry: true) }
        } catch {
            metadata["error"] = "\(error)"
            logger.error("Work in the background failed", metadata: metadata)
            do {
                try job.givingUp(self)
            } catch {
                metadata["error"] = "\(error)"
                logger.error("What it had begun could not be taken back", metadata: metadata)
            }
        }
    }
}

private struct LongWork: Sendable {
    let name: String
    let table: Table
    let work: @Sendable (EngineCore) throws -> Void
    let givingUp: @Sendable (EngineCore) throws -> Void
}
