/// The pages of a result, read one after the other as they are asked for.
public struct DynamoDBPages<Input: Sendable, Output: Sendable>: AsyncSequence, Sendable {
    /// A page.
    public typealias Element = Output

    let input: Input
    let load: @Sendable (Input) async throws -> Output
    /// The request for the page after one; nil after the last.
    let next: @Sendable (Input, Output) -> Input?

    /// Starts with the first page.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pages: self, input: input)
    }

    /// Reads page after page.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let pages: DynamoDBPages
        var input: Input?

        /// Reads the next page; nil after the last. A page may hold no items though more follow.
        public mutating func next() async throws -> Output? {
            guard let request = input else { return nil }
            let output = try await pages.load(request)
            input = pages.next(request, output)
            return output
        }
    }
}
