/// Every operation that answers in pages, as a sequence of its pages. Each is read when asked for.
extension DynamoDBAPI {
    /// The pages of a query.
    public func queryPages(_ input: QueryInput) -> DynamoDBPages<QueryInput, QueryOutput> {
        pages(input, { try await query($0) }, after: { $0.lastEvaluatedKey }, from: { $0.exclusiveStartKey = $1 })
    }

    /// The pages of a scan.
    public func scanPages(_ input: ScanInput) -> DynamoDBPages<ScanInput, ScanOutput> {
        pages(input, { try await scan($0) }, after: { $0.lastEvaluatedKey }, from: { $0.exclusiveStartKey = $1 })
    }

    /// The pages of a PartiQL statement's result.
    public func statementPages(
        _ input: ExecuteStatementInput
    ) -> DynamoDBPages<ExecuteStatementInput, ExecuteStatementOutput> {
        pages(input, { try await executeStatement($0) }, after: { $0.nextToken }, from: { $0.nextToken = $1 })
    }

    /// The pages of the list of tables.
    public func tablePages(
        _ input: ListTablesInput = ListTablesInput()
    ) -> DynamoDBPages<ListTablesInput, ListTablesOutput> {
        pages(
            input, { try await listTables($0) }, after: { $0.lastEvaluatedTableName },
            from: { $0.exclusiveStartTableName = $1 })
    }

    /// The pages of a table's labels.
    public func tagPages(
        _ input: ListTagsOfResourceInput
    ) -> DynamoDBPages<ListTagsOfResourceInput, ListTagsOfResourceOutput> {
        pages(input, { try await listTagsOfResource($0) }, after: { $0.nextToken }, from: { $0.nextToken = $1 })
    }

    /// The pages of the list of backups.
    public func backupPages(
        _ input: ListBackupsInput = ListBackupsInput()
    ) -> DynamoDBPages<ListBackupsInput, ListBackupsOutput> {
        pages(
            input, { try await listBackups($0) }, after: { $0.lastEvaluatedBackupArn },
            from: { $0.exclusiveStartBackupArn = $1 })
    }

    /// The pages of the list of streams.
    public func streamPages(
        _ input: ListStreamsInput = ListStreamsInput()
    ) -> DynamoDBPages<ListStreamsInput, ListStreamsOutput> {
        pages(
            input, { try await listStreams($0) }, after: { $0.lastEvaluatedStreamArn },
            from: { $0.exclusiveStartStreamArn = $1 })
    }

    /// The pages of a stream's description, each with some of its shards.
    public func shardPages(
        _ input: DescribeStreamInput
    ) -> DynamoDBPages<DescribeStreamInput, DescribeStreamOutput> {
        pages(
            input, { try await describeStream($0) }, after: { $0.streamDescription.lastEvaluatedShardId },
            from: { $0.exclusiveStartShardId = $1 })
    }

    private func pages<Input, Output, Place: Collection & SendableMetatype>(
        _ input: Input, _ load: @escaping @Sendable (Input) async throws -> Output,
        after place: @escaping @Sendable (Output) -> Place?,
        from start: @escaping @Sendable (inout Input, Place) -> Void
    ) -> DynamoDBPages<Input, Output> {
        DynamoDBPages(input: input, load: load) { input, output in
            guard let place = place(output), !place.isEmpty else { return nil }
            var input = input
            start(&input, place)
            return input
        }
    }
}

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
