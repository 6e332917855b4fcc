/// The pages of a query or a scan, read one after the other as they are asked for.
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

extension DynamoDBAPI {
    /// The pages of a query, each read when asked for.
    public func queryPages(_ input: QueryInput) -> DynamoDBPages<QueryInput, QueryOutput> {
        DynamoDBPages(input: input, load: { try await query($0) }) { input, output in
            guard let key = output.lastEvaluatedKey, !key.isEmpty else { return nil }
            var input = input
            input.exclusiveStartKey = key
            return input
        }
    }

    /// The pages of a scan, each read when asked for.
    public func scanPages(_ input: ScanInput) -> DynamoDBPages<ScanInput, ScanOutput> {
        DynamoDBPages(input: input, load: { try await scan($0) }) { input, output in
            guard let key = output.lastEvaluatedKey, !key.isEmpty else { return nil }
            var input = input
            input.exclusiveStartKey = key
            return input
        }
    }

    /// The pages of the list of tables, each read when asked for.
    public func tablePages(_ input: ListTablesInput = ListTablesInput()) -> DynamoDBPages<
        ListTablesInput, ListTablesOutput
    > {
        DynamoDBPages(input: input, load: { try await listTables($0) }) { input, output in
            guard let name = output.lastEvaluatedTableName else { return nil }
            var input = input
            input.exclusiveStartTableName = name
            return input
        }
    }
}
