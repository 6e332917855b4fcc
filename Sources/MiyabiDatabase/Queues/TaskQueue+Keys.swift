import DynamoDB

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

    /// The tasks of some places, in their order, a page at a time.
    func tasks(_ order: TaskPlace.Order, through end: String, pageSize: Int)
        -> some AsyncSequence<[QueuedTask], any Error> & Sendable
    {
        let query = QueryInput(tableName: leases.name, limit: pageSize, consistentRead: true).matching(
            .equal("PK", partition), .between("SK", order.rawValue, and: end))
        return dynamoDB.queryPages(query).map { page in
            let places = page.items ?? []
            let keys = places.compactMap { $0["task_id"]?.string }.map { key($0).item }
            let items = try await dynamoDB.batchGet(keys, from: leases.name, consistentRead: true)
            let tasks = try items.compactMap { $0 }.map { item in try QueuedTask(item) }
            // A task that is elsewhere by now was moved, or completed, between the two reads.
            let listed = Set(places.compactMap { $0["SK"]?.string })
            return tasks.filter { $0.place.map { listed.contains($0.sort) } ?? false }
        }
    }
}
