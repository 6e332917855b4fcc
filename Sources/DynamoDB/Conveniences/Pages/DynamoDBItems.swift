/// The items of all pages of a result, one after the other; a page is read when its first item is asked for.
/// ```swift
/// for try await user in client.queryPages(query).items.map({ try decoder.decode(User.self, from: $0) }) { … }
/// ```
public struct DynamoDBItems<Input: Sendable, Output: Sendable>: AsyncSequence, Sendable {
    /// An item.
    public typealias Element = Item

    let pages: DynamoDBPages<Input, Output>
    let items: @Sendable (Output) -> [Item]

    /// Starts with the first item.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pages: pages.makeAsyncIterator(), items: items)
    }

    /// Reads item after item.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var pages: DynamoDBPages<Input, Output>.AsyncIterator
        let items: @Sendable (Output) -> [Item]
        var page: ArraySlice<Item> = []

        /// The next item; nil after the last.
        public mutating func next() async throws -> Item? {
            while page.isEmpty {
                guard let output = try await pages.next() else { return nil }
                page = items(output)[...]
            }
            return page.removeFirst()
        }
    }
}

extension DynamoDBPages where Output == QueryOutput {
    /// The items of all pages.
    public var items: DynamoDBItems<Input, Output> { DynamoDBItems(pages: self) { $0.items ?? [] } }
}

extension DynamoDBPages where Output == ScanOutput {
    /// The items of all pages.
    public var items: DynamoDBItems<Input, Output> { DynamoDBItems(pages: self) { $0.items ?? [] } }
}
