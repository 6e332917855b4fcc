internal import Dispatch
internal import DynamoDB
internal import Logging

/// Everything that an open engine consists of. Operations in flight keep it alive past ``Engine/close()``.
final class EngineCore: Sendable {
    let database: RocksDatabase
    let catalogue: Catalogue
    let commits: CommitPath
    let durability: GroupCommit
    let clock: CommitClock
    let throttle: Throttle?
    let logger: Logger
    let region: String
    let address: String
    /// For what waits for writers: removal of tables and indexes, and the beginning of a backfill.
    let changes = BlockingLane(label: "miyabi.dynamodb.changes")
    private let tallySaver: Repeater

    init(_ options: Engine.Options, whenClosed: CloseSignal, logger: Logger) throws {
        try createDirectory(options.directory)
        let database = try RocksDatabase(
            directory: options.directory,
            options: StorageOptions(
                blockCacheBytes: options.blockCacheBytes, writeBufferBytes: options.writeBufferBytes),
            whenClosed: whenClosed)
        if options.verifiesFiles { try database.verify() }
        let catalogue = try Catalogue(database)
        self.database = database
        self.catalogue = catalogue
        self.logger = logger
        region = options.region
        address = options.address
        durability = GroupCommit(isEnabled: options.synchronous) { try database.syncLog() }
        let clock = CommitClock()
        self.clock = clock
        throttle = options.enforceThroughput ? Throttle(now: options.throughputClock) : nil
        commits = CommitPath(database, durability: durability, clock: clock, throttle: throttle)
        tallySaver = Repeater(every: .seconds(10), label: "miyabi.dynamodb.tallies") {
            do {
                try catalogue.saveTallies()
            } catch {
                logger.warning("Item counts could not be saved", metadata: ["error": "\(error)"])
            }
        }
        resumeBackfills()
    }

    /// The table of that name.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func table(named name: String) throws(DynamoDBError) -> Table {
        if let table = catalogue.table(named: name), table.record.status != .creating { return table }
        try checkTableName(name)
        throw DynamoDBError(code: .resourceNotFoundException, message: "Requested resource not found", table: name)
    }

    /// Runs `body` with the table, again if the table is replaced meanwhile.
    func withTable<Result>(
        named name: String, _ body: (Table) async throws -> Result
    ) async throws -> Result {
        while true {
            do {
                return try await body(try table(named: name))
            } catch is TableRetired {
                continue
            }
        }
    }
}

/// The table was deleted or replaced between its look-up and its locks.
struct TableRetired: Error {}
