import AsyncAlgorithms

extension DynamoDBAPI {
    /// Writes any number of items: 25 or 16 MB a request, several requests at once, and what the server leaves
    /// unprocessed again, with growing waits.
    ///
    /// Writes to one key take effect in the order given, so that the last one stays; of several in one request only the
    /// last is sent. Writes to different keys have no order. The source is read as writes are carried out, so that
    /// memory stays bounded however long it is. The writes are not a transaction: when this throws, part of them may
    /// have been done. The same call again completes them.
    ///
    /// - Parameters:
    ///   - requests: The puts and deletes.
    ///   - table: The table's name.
    ///   - keyAttributes: The names of the table's key attributes; nil asks the table, with one DescribeTable.
    /// - Returns: How many writes were sent, those left out that a later one of the same request replaced.
    /// - Throws: ``DynamoDBError``; with `unprocessedItems` when the server takes nothing for too long. What the source
    ///   throws.
    @discardableResult
    public func writeAll<Requests: AsyncSequence>(
        _ requests: Requests, to table: String, keyAttributes: [String]? = nil, options: BatchOptions = BatchOptions()
    ) async throws -> Int where Requests.Element == WriteRequest {
        let described: [String]
        if let keyAttributes {
            described = keyAttributes
        } else {
            described =
                try await describeTable(DescribeTableInput(tableName: table)).table.keySchema?
                .map(\.attributeName) ?? []
        }
        return try await BatchWriter(api: self, table: table, keyAttributes: described, options: options).write(
            requests)
    }

    /// Puts and deletes items as ``writeAll(_:to:keyAttributes:options:)`` does.
    @discardableResult
    public func batchWrite(
        _ requests: some Sequence<WriteRequest>, to table: String, keyAttributes: [String]? = nil,
        options: BatchOptions = BatchOptions()
    ) async throws -> Int {
        try await writeAll(requests.async, to: table, keyAttributes: keyAttributes, options: options)
    }

    /// Puts items as ``writeAll(_:to:keyAttributes:options:)`` does.
    @discardableResult
    public func batchPut(
        _ items: some Sequence<Item>, to table: String, keyAttributes: [String]? = nil,
        options: BatchOptions = BatchOptions()
    ) async throws -> Int {
        try await batchWrite(
            items.lazy.map { .put($0) }, to: table, keyAttributes: keyAttributes, options: options)
    }
}
