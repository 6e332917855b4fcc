public import DynamoDB

/// A task's item, which is also its lease. The payload has an item of its own, so that neither a heartbeat nor a
/// consumer that watches the lease pays for it.
struct QueuedTask: Sendable {
    let id: String
    /// Nil once the task was completed.
    let place: TaskPlace?
    let record: LeaseRecord
    /// The fencing number before the first attempt that counts: each attempt takes the next one.
    let firstAttempt: Int
    let lastError: String?
    /// What versions before this one wrote into the same item.
    let ownPayload: Item?

    init(_ item: Item) throws {
        guard let id = item["task_id"]?.string, let firstAttempt = item["attempts_from"]?.int else {
            throw TaskQueueError(
                .unreadableItem,
                "an item of MiyabiAgentState is not a task: PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.string ?? "none")")
        }
        self.id = id
        place = item["place"]?.string.map { TaskPlace(sort: $0) }
        self.firstAttempt = firstAttempt
        record = try LeaseRecord(item)
        lastError = item["last_error"]?.string
        ownPayload = item["payload"]?.map
    }

    /// How often it was tried.
    var attempts: Int { record.fencingNumber - firstAttempt }
}

/// A task as its place leads to it.
struct ListedTask: Sendable {
    let id: String
    let place: TaskPlace
    /// The task, or why its item cannot be read.
    let task: Result<QueuedTask, any Error>
}

/// A task that a consumer holds.
public struct TaskClaim: Sendable, Hashable {
    /// The task, as its producer named it.
    public let id: String
    /// What its producer handed over.
    public let payload: Item
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// Who holds it, how long it lasts after each heartbeat, and its fencing number.
    public let lease: Lease
    let place: TaskPlace
}

/// A task that was given up.
public struct DeadLetter: Sendable, Hashable {
    /// The task, as its producer named it.
    public let id: String
    /// What its producer handed over; empty when that cannot be read.
    public let payload: Item
    /// How often it was tried; 0 when its item cannot be read.
    public let attempts: Int
    /// What its consumers said of the last failure; nil when they only stopped.
    public let lastError: String?
}

/// A task's place in one of a queue's two orders: by when it may be tried, or by when it was given up.
struct TaskPlace: Sendable, Hashable {
    enum Order: String, Sendable {
        case waiting = "WAITING#"
        case dead = "DEAD#"

        /// The bound of the places up to a moment, that one included: `$` is the character after `#`.
        func end(_ moment: Timestamp) -> String { "\(rawValue)\(moment.sortKey)$" }
    }

    /// The sort key of its item.
    let sort: String

    init(_ order: Order, _ moment: Timestamp, _ taskID: String) {
        sort = "\(order.rawValue)\(moment.sortKey)#\(taskID)"
    }

    init(sort: String) {
        self.sort = sort
    }

    var isDead: Bool { sort.hasPrefix(Order.dead.rawValue) }
}

/// Why a queue could not take or find a task. Nothing was changed.
public struct TaskQueueError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The queue's name is empty or longer than 1,024 bytes of UTF-8.
        public static let invalidName = Code(description: "invalidName")
        /// A task's identifier is empty or longer than 512 bytes of UTF-8.
        public static let invalidTaskID = Code(description: "invalidTaskID")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The payload nests deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// An item in the table is not a task as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the payload.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
