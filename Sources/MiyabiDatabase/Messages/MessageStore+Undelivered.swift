import DynamoDB

extension MessageStore {
    /// The messages of a connection that are not acknowledged, oldest first, by the index that holds no others.
    ///
    /// On AWS the index follows the table with a delay: this shows what is left to do; a client that must not miss
    /// anything reads with ``replay(on:after:limit:)``.
    ///
    /// - Parameters:
    ///   - cursor: The last message of the page before; nil for the first page.
    ///   - limit: Messages a page, 1 to 1,000.
    /// - Returns: A page; empty when there are no more.
    /// - Throws: ``MessageError``; `DynamoDBError`.
    public func undelivered(
        on connection: String, after cursor: MessageCursor? = nil, limit: Int = 100
    ) async throws -> [Message] {
        try MessageLimits.check(connection: connection)
        let query = QueryInput(tableName: table, indexName: "GSI1")
            .matching(
                .equal("GSI1PK", MessageKeys.queue(connection)),
                .above("GSI1SK", MessageKeys.undelivered(cursor?.number ?? 0)))
        return try await messages(query, limit: min(max(limit, 1), 1000))
    }
}
