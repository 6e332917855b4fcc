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
            throw TaskQueueError(.invalidName, "a queue's name must have 1 to 1,024 bytes, not \(name.utf8.count)")
        }
        self.name = name
        self.options = options
        self.dynamoDB = dynamoDB
        self.clock = clock
        leases = LeaseTable(dynamoDB: dynamoDB, pacing: pacing)
    }
}

extension TaskQueue {
    var partition: String { "QUEUE#\(name)" }

    func key(_ taskID: String) -> LeaseKey { LeaseKey(partition: partition, sort: "TASK#\(taskID)") }

    /// Moves a task from one place to another.
    func move(_ taskID: String, from old: TaskPlace, to new: TaskPlace?) -> [TransactWriteItem] {
        guard old != new else { return [] }
        let old = Delete(tableName: leases.name, key: ["PK": .string(partition), "SK": .string(old.sort)])
        return [.delete(old)] + (new.map { [put($0, taskID)] } ?? [])
    }

    func put(_ place: TaskPlace, _ taskID: String) -> TransactWriteItem {
        .put(
            Put(
                tableName: leases.name,
                item: ["PK": .string(partition), "SK": .string(place.sort), "task_id": .string(taskID)]))
    }

    /// The key of what a task's producer handed over.
    func payloadKey(_ taskID: String) -> Item {
        ["PK": .string(partition), "SK": .string("PAYLOAD#\(taskID)")]
    }

    /// What the producers of some tasks handed over, in their order; nil where it is missing or no map.
    func payloads(of tasks: [QueuedTask]) async throws -> [Item?] {
        let items = try await dynamoDB.batchGet(
            tasks.map { payloadKey($0.id) }, from: leases.name, consistentRead: true)
        return zip(tasks, items).map { task, item in item?["payload"]?.map ?? task.ownPayload }
    }

    /// The tasks of some places, in their order, a page at a time. Each is read by itself: one that is damaged hides no
    /// other.
    func tasks(_ order: TaskPlace.Order, through end: String, pageSize: Int)
        -> some AsyncSequence<[ListedTask], any Error> & Sendable
    {
        let query = QueryInput(tableName: leases.name, limit: pageSize, consistentRead: true).matching(
            .equal("PK", partition), .between("SK", order.rawValue, and: end))
        return dynamoDB.queryPages(query).map { page in
            let places = (page.items ?? []).compactMap { item -> (id: String, place: TaskPlace)? in
                guard let id = item["task_id"]?.string, let sort = item["SK"]?.string else { return nil }
                return (id, TaskPlace(sort: sort))
            }
            let items = try await dynamoDB.batchGet(
                places.map { key($0.id).item }, from: leases.name, consistentRead: true)
            return zip(places, items).compactMap { listed, item in
                // A task that is elsewhere by now was moved, or completed, between the two reads.
                guard let item, item["place"]?.string == listed.place.sort else { return nil }
                return ListedTask(id: listed.id, place: listed.place, task: Result { try QueuedTask(item) })
            }
        }
    }
}

/// What a process saw of the leases on a queue's tasks, from one claim to the next.
final class LeaseWatches: Sendable {
    private let watches = Mutex<[String: LeaseWatch]>([:])

    /// For how long a task's lease has been seen unchanged.
    func see(_ task: QueuedTask, at now: ContinuousClock.Instant) -> Duration {
        watches.withLock { $0[task.id, default: LeaseWatch()].see(task.record, at: now) }
    }

    /// Forgets all tasks but those that are still there.
    func keep(_ ids: Set<String>) {
        watches.withLock { $0 = $0.filter { ids.contains($0.key) } }
    }
}

extension TaskQueue {
    /// Puts a task into the queue. One that is there, or was completed less than ``retention`` ago, is left as it is:
    /// a producer that may retry gives the same identifier.
    ///
    /// - Parameters:
    ///   - id: The task's identifier: 1 to 512 bytes of UTF-8.
    ///   - payload: What its consumer needs to know.
    ///   - moment: When it may first be tried; nil for now.
    /// - Returns: Whether it is new.
    /// - Throws: ``TaskQueueError``; `DynamoDBError`.
    @discardableResult
    public func enqueue(
        _ id: String, _ payload: Item = [:], notBefore moment: Timestamp? = nil
    ) async throws -> Bool {
        guard (1...512).contains(id.utf8.count) else {
            throw TaskQueueError(.invalidTaskID, "a task's identifier must have 1 to 512 bytes, not \(id.utf8.count)")
        }
        guard ItemLimits.allowNesting(of: payload) else {
            throw TaskQueueError(.tooDeep, "the payload of task \(id) is nested deeper than \(ItemLimits.depth) levels")
        }
        let now = clock()
        let place = TaskPlace(.waiting, moment ?? now, id)
        var item = key(id).unheld
        item["task_id"] = .string(id)
        item["place"] = .string(place.sort)
        item["attempts_from"] = 0
        let payload = payloadKey(id).merging(["payload": .map(payload)]) { key, _ in key }
        guard payload.sizeInBytes <= ItemLimits.bytes / 4 * 3 else {
            throw TaskQueueError(
                .tooLarge, "task \(id) takes \(payload.sizeInBytes) bytes; a queue accepts at most 300 KB")
        }
        let isNew: ConditionExpression = .absent("PK") || .attribute("ttl") <= now.seconds
        let writes: [TransactWriteItem] = [
            .put(Put(tableName: leases.name, item: item).when(isNew)), put(place, id),
            .put(Put(tableName: leases.name, item: payload)),
        ]
        return try await leases.attempt(writes)
    }
}
