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
