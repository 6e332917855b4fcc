/// Writes batches side by side, and keeps the order of writes to one key.
///
/// A batch waits until no batch under way writes one of its keys, and until there is room for it: so the source of the
/// writes is read no faster than they are carried out.
struct BatchWriter<API: DynamoDBAPI> {
    let api: API
    let table: String
    let keyAttributes: [String]
    let options: BatchOptions

    /// Writes everything; returns how many writes were sent, after folding.
    func write<Requests: AsyncSequence>(_ requests: Requests) async throws -> Int
    where Requests.Element == WriteRequest {
        try await withThrowingTaskGroup(of: WriteBatch.self) { group in
            var underWay = 0
            var busyKeys: Set<WriteBatch.Key> = []
            var sent = 0
            func launch(_ batch: WriteBatch) async throws {
                while underWay >= options.concurrency || batch.keys.contains(where: busyKeys.contains) {
                    guard let done = try await group.next() else { break }
                    underWay -= 1
                    busyKeys.subtract(done.keys)
                }
                busyKeys.formUnion(batch.keys)
                underWay += 1
                sent += batch.requests.count
                group.addTask {
                    try await send(batch)
                    return batch
                }
            }
            var batch = WriteBatch(keyAttributes: keyAttributes)
            for try await request in requests where !batch.add(request) {
                try await launch(batch)
                batch = WriteBatch(keyAttributes: keyAttributes)
                _ = batch.add(request)
            }
            if !batch.isEmpty { try await launch(batch) }
            try await group.waitForAll()
            return sent
        }
    }

    private func send(_ batch: WriteBatch) async throws {
        do {
            try await options.exhaust(batch.requests, operation: "BatchWriteItem", count: \.count) { requests in
                let output = try await api.batchWriteItem(BatchWriteItemInput(requestItems: [table: requests]))
                return output.unprocessedItems.values.flatMap(\.self)
            }
        } catch let error as DynamoDBError {
            throw error.at(operation: "BatchWriteItem", table: table)
        }
    }
}
