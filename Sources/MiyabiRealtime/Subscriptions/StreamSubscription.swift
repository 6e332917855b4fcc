import AWSCore
public import DynamoDB

/// A consumer of a table's stream that any number of processes share: each change reaches one of them at least once,
/// those of one item in order.
///
/// ```swift
/// let subscription = try database.events.subscription(named: "search")
/// try await subscription.run(as: host) { change in
///     guard let event = try change.recordedEvent() else { return }
///     try await index.add(event)
/// }
/// ```
/// Each shard of the stream is worked on under a lease, whose item in MiyabiAgentState also holds the checkpoint:
/// `SUBSCRIPTION#{name}`, `SHARD#{shard}`. What is written there is written only by the lease's holder.
/// Works alike on AWS and on the embedded engine.
public struct StreamSubscription: Sendable {
    /// How a subscription reads.
    public struct Options: Sendable {
        /// How long a process may show no life before others take over its shards, 10 milliseconds to a day.
        public var leaseDuration: Duration
        /// How long to wait before a shard is read again that had nothing new, and between looks for new shards.
        public var pollInterval: Duration
        /// Changes between two checkpoints, 1 to 1,000: as many may come again after a crash.
        public var pageSize: Int
        /// How often a change is handed over in all before it is parked, from 1.
        public var attempts: Int

        /// Options; numbers out of range are clamped.
        public init(
            leaseDuration: Duration = .seconds(30), pollInterval: Duration = .seconds(1), pageSize: Int = 1000,
            attempts: Int = 3
        ) {
            self.leaseDuration = leaseDuration
            self.pollInterval = pollInterval
            self.pageSize = min(max(pageSize, 1), 1000)
            self.attempts = max(attempts, 1)
        }
    }

    /// Names what was done: processes that use one name share the work.
    public let name: String
    /// The table whose changes are read.
    public let table: String

    let leases: LeaseTable
    let options: Options
    let clock: @Sendable () -> Timestamp
    /// The waits before a change that failed is handed over again.
    let waits: RetryPolicy

    var dynamoDB: any DynamoDBAPI { leases.dynamoDB }

    /// A subscription to a table's stream; nothing is read before it runs.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 bytes of UTF-8.
    ///   - table: The table's name.
    ///   - dynamoDB: Where the table and ``MiyabiTables/agentState`` are.
    ///   - options: How it reads.
    ///   - clock: What time it is, for the lag; tests hand in their own.
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/invalidName``.
    public init(
        named name: String, to table: String, dynamoDB: any DynamoDBAPI, options: Options = Options(),
        clock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) throws(SubscriptionError) {
        guard (1...255).contains(name.utf8.count) else {
            throw SubscriptionError(
                .invalidName, "a subscription's name has 1 to 255 bytes, not \(name.utf8.count)")
        }
        self.name = name
        self.table = table
        self.options = options
        self.clock = clock
        leases = LeaseTable(dynamoDB: dynamoDB, pacing: .real)
        waits = RetryPolicy(
            maximumAttempts: self.options.attempts, base: .milliseconds(100), maximum: .seconds(20))
    }

    /// The partition of all that the subscription remembers.
    var partition: String { "SUBSCRIPTION#\(name)" }

    /// Where a shard's lease and checkpoint are.
    func key(of shard: String) -> LeaseKey { LeaseKey(partition: partition, sort: "SHARD#\(shard)") }
}

/// How far a subscription has come in one shard.
public struct ShardStatus: Sendable, Hashable {
    /// The shard.
    public let shard: String
    /// The process that works on it; nil when none does. One that stopped is named until another takes over.
    public let owner: String?
    /// The sequence number of the last change that was handled; nil before the first.
    public let checkpoint: String?
    /// The age of the oldest change that was not handled, in whole seconds; zero when there is none.
    public let lag: Duration
    /// Whether the shard is closed and all of it was handled.
    public let hasEnded: Bool
    /// How often changes were dropped by the stream, after 24 hours, before they were handled. Not zero: some are lost.
    public let gaps: Int
}

extension StreamSubscription {
    /// How far the subscription has come in each shard of the stream. Reads one change of each.
    ///
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/noStream``; `DynamoDBError`.
    public func status() async throws -> [ShardStatus] {
        let stream = try await stream()
        let progress = try await progress()
        let shards = try await shards(of: stream).compactMap(\.shardId)
        return try await concurrently(shards, atMost: 8) { shard in
            let progress = progress[shard] ?? ShardProgress(nil)
            return ShardStatus(
                shard: shard, owner: progress.owner, checkpoint: progress.checkpoint,
                lag: progress.hasEnded ? .zero : try await lag(in: shard, of: stream, after: progress.checkpoint),
                hasEnded: progress.hasEnded, gaps: progress.gaps)
        }
    }

    private func lag(in shard: String, of stream: String, after checkpoint: String?) async throws -> Duration {
        guard let iterator = try await iterator(in: shard, of: stream, after: checkpoint).iterator else {
            return .zero
        }
        let next = try await dynamoDB.getRecords(GetRecordsInput(shardIterator: iterator, limit: 1)).records?.first
        guard let made = next?.dynamodb?.approximateCreationDateTime else { return .zero }
        return max(.zero, .seconds(Double(clock().seconds) - made))
    }
}

extension StreamSubscription {
    /// The changes that were given up, by shard and place; they stay until ``discard(_:)``.
    ///
    /// - Throws: ``SubscriptionError``; `DynamoDBError`.
    public func parked() async throws -> [ParkedChange] {
        let query = QueryInput(tableName: leases.name, consistentRead: true)
            .matching(.equal("PK", partition), .begins("SK", with: "PARKED#"))
        var parked: [ParkedChange] = []
        for try await item in dynamoDB.queryPages(query).items { parked.append(try ParkedChange(item: item)) }
        return parked
    }

    /// Forgets a parked change, once it has been dealt with. Again, it changes nothing.
    ///
    /// - Throws: `DynamoDBError`.
    public func discard(_ parked: ParkedChange) async throws {
        let key = ParkedChange.key(parked.shard, parked.sequenceNumber, in: partition)
        _ = try await dynamoDB.deleteItem(DeleteItemInput(tableName: leases.name, key: key))
    }
}

/// Why a stream could not be subscribed to.
public struct SubscriptionError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// A name is empty or longer than 255 bytes.
        public static let invalidName = Code(description: "invalidName")
        /// The table has no stream.
        public static let noStream = Code(description: "noStream")
        /// An item in the table is not one of a subscription as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
