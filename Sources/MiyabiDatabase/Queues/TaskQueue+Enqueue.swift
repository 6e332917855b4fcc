public import DynamoDB

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
            throw TaskQueueError(.invalidTaskID, "a task's identifier has 1 to 512 bytes, not \(id.utf8.count)")
        }
        guard ItemLimits.allowNesting(of: payload) else {
            throw TaskQueueError(.tooDeep, "the payload of task \(id) nests deeper than \(ItemLimits.depth) levels")
        }
        let now = clock()
        let place = TaskPlace(.waiting, moment ?? now, id)
        var item = key(id).unheld
        item["task_id"] = .string(id)
        item["place"] = .string(place.sort)
        item["attempts_from"] = 0
        let payload = payloadKey(id).merging(["payload": .map(payload)]) { key, _ in key }
        guard payload.sizeInBytes <= ItemLimits.bytes / 4 * 3 else {
            throw TaskQueueError(.tooLarge, "task \(id) takes \(payload.sizeInBytes) bytes; a queue takes 300 KB")
        }
        let isNew: ConditionExpression = .absent("PK") || .attribute("ttl") <= now.seconds
        let writes: [TransactWriteItem] = [
            .put(Put(tableName: leases.name, item: item).when(isNew)), put(place, id),
            .put(Put(tableName: leases.name, item: payload)),
        ]
        return try await leases.attempt(writes)
    }
}
