import DynamoDB

extension DynamoDBAPI {
    /// Puts items with distinct keys, 25 a request, a few requests at once. When it throws, some may have been put.
    func put(_ items: [Item], to table: String, concurrency: Int) async throws {
        let starts = Array(stride(from: 0, to: items.count, by: 25))
        _ = try await concurrently(starts, atMost: concurrency) { start in
            try await batchPut(items[start..<min(start + 25, items.count)], to: table)
        }
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
