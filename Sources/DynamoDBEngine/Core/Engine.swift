public import DynamoDB
internal import Logging

/// DynamoDB on one machine: a durable implementation of the DynamoDB API over a data directory.
///
/// Operations may be called from any task at once. A write returns once it is on disk (group commit); reads begin on the
/// caller's thread, and go on elsewhere if they have to wait or are long. Every operation throws
/// ``DynamoDB/DynamoDBError`` with AWS's exception names.
public final class Engine: DynamoDBAPI, Sendable {
    /// How an engine is opened.
    public struct Options: Sendable {
        /// The data directory; created if it is missing.
        public var directory: String
        /// Whether a write is acknowledged only once it is on disk. Without, a crash of the machine loses the last
        /// writes (a crash of the process does not): for throw-away data only.
        public var synchronous = true
        /// Whether opening reads all files and compares them with their checksums: some seconds for each GB. Without,
        /// opening finds what is missing or cut off, and damage within a file shows when it is read.
        public var verifiesFiles = false
        /// Bytes of cached blocks, block indexes and filters.
        public var blockCacheBytes = 128 << 20
        /// Bytes of one memtable. All together take four times as many at most.
        public var writeBufferBytes = 64 << 20
        /// Files of data that are open at once: 16 to 1,000,000. Logs and new files come on top: some dozens.
        public var maximumOpenFiles = 1024
        /// The region that ARNs and stream records say; nil for that which each request was signed for, or us-east-1.
        public var region: String?
        /// What of a caller has tables of its own; empty for one namespace that all share. See ``Engine/seen(by:)``.
        public var isolation: Set<Isolation> = []
        /// The caller whose tables the shared ones are, although callers are isolated; nil for nobody's.
        public var owner: Caller?
        /// Whether reads and writes beyond a table's throughput are refused, as on AWS. Without, throughput is only
        /// described.
        public var enforceThroughput = false
        /// How the directory's files are encrypted; nil for a new directory without encryption. One that is encrypted needs
        /// its master key here.
        public var encryption: EncryptionAtRest?
        /// Host and port that DescribeEndpoints tells.
        public var address = "localhost:8000"

        /// What tells the time; a test sets its own.
        package var clock = EngineClock()

        /// What a test does to writes.
        var hooks = StorageHooks()

        /// Options with their defaults.
        public init(directory: String) {
            self.directory = directory
        }
    }

    private let holder: CoreHolder
    private let logger: Logger
    let fixedRegion: String?
    let isolation: Set<Isolation>
    let owner: Caller?
    /// What tells the time.
    package let clock: EngineClock
    /// What is seen here.
    package let view: View
    /// Whether requests still have to be checked by AWS's model.
    private let checksRequests: Bool
    /// The same for requests that have been checked; nil where it is made when it is asked for.
    private let afterChecks: Engine?

    /// Whether each region has tables of its own.
    package var isolatesRegions: Bool { isolation.contains(.region) }

    /// What ARNs say.
    var region: String { view.region }

    convenience init(_ holder: CoreHolder, _ options: Options, _ logger: Logger) {
        self.init(holder, options, logger, afterChecks: Engine(holder, options, logger, afterChecks: nil))
    }

    private init(_ holder: CoreHolder, _ options: Options, _ logger: Logger, afterChecks: Engine?) {
        self.holder = holder
        self.logger = logger
        fixedRegion = options.region
        isolation = options.isolation
        owner = options.owner
        clock = options.clock
        view = View(region: options.region ?? Caller.standardRegion, namespace: "")
        checksRequests = afterChecks != nil
        self.afterChecks = afterChecks
    }

    private init(_ engine: Engine, _ view: View, checksRequests: Bool) {
        holder = engine.holder
        logger = engine.logger
        fixedRegion = engine.fixedRegion
        isolation = engine.isolation
        owner = engine.owner
        clock = engine.clock
        self.view = view
        self.checksRequests = checksRequests
        afterChecks = nil
    }

    /// This engine with a caller's answers.
    func answering(in view: View) -> Engine {
        view == self.view ? self : Engine(self, view, checksRequests: checksRequests)
    }

    /// The engine for one request that its codec has checked: with a caller's answers, and without checking it again.
    package func answering<Request>(_: borrowing CheckedRequest<Request>, in view: View) -> Engine {
        guard checksRequests else { return answering(in: view) }
        if view == self.view, let afterChecks { return afterChecks }
        return Engine(self, view, checksRequests: false)
    }

    /// What the engine consists of, as it is seen here.
    func core() throws(DynamoDBError) -> EngineCore { try holder.core().within(view.namespace) }

    /// Waits for operations in flight, writes everything to files and gives the directory free. Later operations throw.
    public func close() async {
        await holder.close(finish)
    }

    /// Tells whether a write would be accepted now, for health checks; it does not wait for anything.
    ///
    /// - Throws: the error that a write would get: the disk is full or has failed, the data directory is being opened
    ///   again, or the engine is closed.
    public func checkWritable() throws(DynamoDBError) {
        try holder.checkWritable()
    }

    private func finish(_ core: EngineCore) {
        do {
            try core.catalogue.store.saveTallies()
            try core.database.flush()
        } catch {
            // Nothing is lost: what was acknowledged is in the log, which the next open replays.
            core.logger.warning("The engine was closed without flushing", metadata: ["error": "\(error)"])
        }
    }

    /// Moves everything from memory through the levels of files; tests and measurements read it back from there.
    func compact() throws {
        let core = try holder.core()
        try core.database.flush()
        core.database.compact()
    }

    /// Runs the operation of a request, which is checked by AWS's model before if its codec has not done that.
    nonisolated(nonsending) func perform<Output>(
        _ operation: String, _ request: some JSONObject, on table: String? = nil,
        _ body: nonisolated(nonsending) (EngineCore) async throws -> Output
    ) async throws -> Output {
        try await perform(operation, on: table) { core in
            if checksRequests { try request.checkConstraints() }
            return try await body(core)
        }
    }

    /// Runs an operation, and gives its errors their place.
    nonisolated(nonsending) func perform<Output>(
        _ operation: String, on table: String? = nil,
        _ body: nonisolated(nonsending) (EngineCore) async throws -> Output
    ) async throws -> Output {
        do {
            return try await body(try core())
        } catch let error as DynamoDBError {
            throw error.at(operation: operation, table: table)
        } catch let error as StorageError where error.isFault {
            // The operator is told once, not for each operation.
            throw DynamoDBError(
                code: .internalServerError, message: error.reason, operation: operation, table: table)
        } catch {
            // The storage layer's words are for the operator, not for the caller.
            logger.error(
                "A DynamoDB operation failed",
                metadata: ["operation": "\(operation)", "table": "\(table ?? "")", "error": "\(error)"])
            throw DynamoDBError(
                code: .internalServerError, message: "Internal server error", operation: operation, table: table)
        }
    }
}
