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
