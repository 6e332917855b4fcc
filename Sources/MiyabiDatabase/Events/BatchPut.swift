import DynamoDB

/// Puts items by BatchWriteItem: 25 a request, a few requests under way at a time, what DynamoDB leaves unprocessed
/// again after a pause.
struct BatchPut: Sendable {
    let dynamoDB: any DynamoDBAPI
    let table: String
    let concurrency: Int

    private static let itemsPerRequest = 25
    private static let attempts = 12

    /// Puts all the items, which must have distinct keys. When it throws, some may have been put.
    func put(_ items: [Item]) async throws {
        let starts = Array(stride(from: 0, to: items.count, by: BatchPut.itemsPerRequest))
        _ = try await concurrently(starts, atMost: concurrency) { start in
            let batch = items[start..<min(start + BatchPut.itemsPerRequest, items.count)]
            try await putOne(batch.map { WriteRequest.put($0) })
        }
    }

    private func putOne(_ batch: [WriteRequest]) async throws {
        var rest = batch
        var pause = 25.0
        for _ in 0..<BatchPut.attempts {
            let output = try await dynamoDB.batchWriteItem(BatchWriteItemInput(requestItems: [table: rest]))
            rest = output.unprocessedItems[table] ?? []
            if rest.isEmpty { return }
            // Full jitter: writers that were refused together must not come back together.
            try await Task.sleep(for: .milliseconds(Double.random(in: 0...pause)))
            pause = min(pause * 2, 5000)
        }
        throw EventError(
            .unprocessed,
            "DynamoDB left \(rest.count) of \(batch.count) writes to \(table) unprocessed \(BatchPut.attempts) times")
    }
}

/// Runs a function on every element, at most so many at once, and returns the results in the elements' order.
///
/// The first error cancels what is under way and is thrown.
func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element], atMost limit: Int, _ body: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        var started = 0
        func start() {
            let index = started
            started += 1
            group.addTask { (index, try await body(elements[index])) }
        }
        while started < min(limit, elements.count) { start() }
        while let (index, result) = try await group.next() {
            results[index] = result
            if started < elements.count { start() }
        }
        return results.compactMap { $0 }
    }
}
