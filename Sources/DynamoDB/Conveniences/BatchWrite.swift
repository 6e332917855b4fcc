extension DynamoDBAPI {
    /// Writes any number of items: 25 at a time, and what the server leaves unprocessed again, with growing waits.
    ///
    /// The writes are not a transaction: when this throws, part of them may have been done. One call must not write the
    /// same key twice within 25 requests.
    ///
    /// - Parameters:
    ///   - requests: The puts and deletes.
    ///   - table: The table's name.
    ///   - maximumAttempts: How often a batch is sent in all while the server leaves part of it, from 1.
    /// - Throws: ``DynamoDBError``; with `unprocessedItems` when attempts are used up.
    public func batchWrite(
        _ requests: some Collection<WriteRequest> & Sendable, to table: String, maximumAttempts: Int = 10
    ) async throws {
        var rest = requests[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(25))
            rest = rest.dropFirst(25)
            try await writeBatch([table: batch], maximumAttempts: maximumAttempts)
        }
    }

    /// Puts any number of items; it throws as ``batchWrite(_:to:maximumAttempts:)`` does.
    public func batchPut(_ items: some Collection<Item> & Sendable, to table: String) async throws {
        try await batchWrite(items.map { .put($0) }, to: table)
    }

    private func writeBatch(_ batch: [String: [WriteRequest]], maximumAttempts: Int) async throws {
        var batch = batch
        let policy = RetryPolicy(maximumAttempts: maximumAttempts)
        for attempt in 1... {
            let output = try await batchWriteItem(BatchWriteItemInput(requestItems: batch))
            batch = output.unprocessedItems.filter { !$0.value.isEmpty }
            if batch.isEmpty { return }
            guard attempt < policy.maximumAttempts else { break }
            // What is left over was throttled.
            try await Task.sleep(
                for: policy.delay(afterAttempt: attempt, isThrottling: true, random: .random(in: 0...1)))
        }
        let count = batch.values.reduce(0) { $0 + $1.count }
        throw DynamoDBError(
            code: .unprocessedItems, message: "\(count) writes were left undone after \(maximumAttempts) attempts",
            operation: "BatchWriteItem", table: batch.count == 1 ? batch.keys.first : nil)
    }
}
