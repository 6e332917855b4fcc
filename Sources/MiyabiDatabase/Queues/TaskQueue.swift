import AWSCore
public import DynamoDB
import Synchronization

/// Tasks that wait in MiyabiAgentState for whoever claims them, each done at least once and by one consumer at a time.
///
/// A claimed task is held under a lease, as agents and locks are: a consumer that stops is found out by watching it, not
/// by a clock, and can then neither complete the task nor put it back. Only when a task may next be tried rests on the
/// clocks of hosts.
/// ```
/// PK  QUEUE#deploy        SK  TASK#17                         the task, and who holds it
/// PK  QUEUE#deploy        SK  PAYLOAD#17                      what its producer handed over
/// PK  QUEUE#deploy        SK  WAITING#1764412200000#17        its place in the queue
/// PK  QUEUE#deploy        SK  DEAD#1764412200000#17           or among the dead letters
/// ```
/// A queue is one partition: 1,000 writes a second on AWS. Keep the value: copies share what they saw of other consumers.
public struct TaskQueue: Sendable {
    /// How a queue deals with tasks that fail.
    public struct Options: Sendable {
        /// How often a task is tried before it becomes a dead letter, from 1.
        public var maximumAttempts: Int
        /// The longest wait before the second attempt; each later one doubles it. The wait is random, from half of it.
        public var backoffBase: Duration
        /// The bound of every wait.
        public var backoffMaximum: Duration

        /// Makes options.
        public init(
            maximumAttempts: Int = 5, backoffBase: Duration = .seconds(1), backoffMaximum: Duration = .seconds(900)
        ) {
            self.maximumAttempts = max(maximumAttempts, 1)
            self.backoffBase = backoffBase
            self.backoffMaximum = backoffMaximum
        }

        func delay(afterAttempt attempt: Int) -> Duration {
            RetryPolicy(maximumAttempts: maximumAttempts, base: backoffBase, maximum: backoffMaximum)
                .delay(afterAttempt: attempt, isThrottling: false, random: .random(in: 0.5...1))
        }
    }

    /// How long a task that was completed is remembered, so that enqueuing it again changes nothing.
    public static let retention = Duration.seconds(7 * 86_400)

    /// The queue's name.
    public let name: String
    let options: Options
    let dynamoDB: any DynamoDBAPI
    let leases: LeaseTable
    let clock: @Sendable () -> Timestamp
    let watches = LeaseWatches()

    /// A queue in the table of ``MiyabiTables/agentState``.
    ///
    /// - Parameters:
    ///   - name: 1 to 1,024 bytes of UTF-8.
    ///   - dynamoDB: Where the table is.
    ///   - options: What becomes of tasks that fail.
    ///   - clock: What time it is, for when a task may be tried; tests hand in their own.
    /// - Throws: ``TaskQueueError``.
    public init(
        _ name: String, dynamoDB: any DynamoDBAPI, options: Options = Options(),
        clock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) throws(TaskQueueError) {
        try self.init(name, dynamoDB: dynamoDB, options: options, clock: clock, pacing: .real)
    }

    init(
        _ name: String, dynamoDB: any DynamoDBAPI, options: Options, clock: @escaping @Sendable () -> Timestamp,
        pacing: Pacing
    ) throws(TaskQueueError) {
        guard (1...1024).contains(name.utf8.count) else {
            throw TaskQueueError(.invalidName, "a queue's name has 1 to 1,024 bytes, not \(name.utf8.count)")
        }
        self.name = name
        self.options = options
        self.dynamoDB = dynamoDB
        self.clock = clock
        leases = LeaseTable(dynamoDB: dynamoDB, pacing: pacing)
    }
}
