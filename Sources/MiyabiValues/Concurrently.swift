/// Runs a function on every element, at most so many at once, and returns the results in the elements' order.
///
/// The first error cancels what is under way and is thrown.
package func concurrently<Element: Sendable, Result: Sendable>(
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
