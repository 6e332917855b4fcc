import DynamoDB

/// A task's item.
struct QueuedTask: Sendable {
    let id: String
    let payload: Item
    /// Nil once the task was completed.
    let place: TaskPlace?
    let record: LeaseRecord
    /// The fencing number before the first attempt that counts: each attempt takes the next one.
    let firstAttempt: Int
    let lastError: String?

    init(_ item: Item) throws {
        guard let id = item["task_id"]?.string, let payload = item["payload"]?.map,
            let firstAttempt = item["attempts_from"]?.int
        else {
            throw TaskQueueError(
                .unreadableItem,
                "an item of MiyabiAgentState is no task: PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.string ?? "none")")
        }
        self.id = id
        self.payload = payload
        place = item["place"]?.string.map { TaskPlace(sort: $0) }
        self.firstAttempt = firstAttempt
        record = try LeaseRecord(item)
        lastError = item["last_error"]?.string
    }

    /// How often it was tried.
    var attempts: Int { record.fencingNumber - firstAttempt }
}
