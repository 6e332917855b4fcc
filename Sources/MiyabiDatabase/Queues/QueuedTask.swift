import DynamoDB

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
                "an item of MiyabiAgentState is no task: PK \(item["PK"]?.string ?? "none"), "
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
