import DynamoDB

extension TaskQueue {
    /// The tasks that were given up, longest dead first, page by page.
    ///
    /// - Parameter pageSize: Tasks a page, 1 to 1,000.
    /// - Returns: Pages. Reading them throws ``TaskQueueError`` and `DynamoDBError`.
    public func deadLetters(pageSize: Int = 100) -> some AsyncSequence<[DeadLetter], any Error> & Sendable {
        // `:` is the character after `9`: the bound lies after every moment.
        tasks(.dead, through: "\(TaskPlace.Order.dead.rawValue):", pageSize: min(max(pageSize, 1), 1000)).map { tasks in
            let readable = tasks.compactMap { try? $0.task.get() }
            let payloads = Dictionary(
                zip(readable.map(\.id), try await payloads(of: readable)), uniquingKeysWith: { first, _ in first })
            return tasks.map { listed in
                switch listed.task {
                case .success(let task):
                    DeadLetter(
                        id: task.id, payload: (payloads[task.id] ?? nil) ?? [:], attempts: task.attempts,
                        lastError: task.lastError)
                case .failure(let error):
                    DeadLetter(id: listed.id, payload: [:], attempts: 0, lastError: "\(error)")
                }
            }
        }
    }

    /// Puts a dead letter back into the queue, to be tried at once, and as often as a new task.
    ///
    /// - Returns: False when there is no such dead letter.
    /// - Throws: ``TaskQueueError``; `DynamoDBError`.
    @discardableResult
    public func redrive(_ id: String) async throws -> Bool {
        guard let task = try await leases.item(key(id)).map({ try QueuedTask($0) }), let grave = task.place,
            grave.isDead
        else { return false }
        let place = TaskPlace(.waiting, clock(), id)
        let update = Update(
            tableName: leases.name, key: key(id).item, .set("place", to: place.sort),
            .set("attempts_from", to: task.record.fencingNumber)
        ).when(.attribute("place") == grave.sort)
        // False when another was faster.
        return try await leases.attempt([.update(update)] + move(id, from: grave, to: place))
    }
}
