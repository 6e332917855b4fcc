public import DynamoDB

extension Engine {
    /// Puts and deletes up to 25 items of any tables, without conditions.
    ///
    /// Here a batch is written as a whole or not at all, and nothing is left unprocessed but what a table's throughput
    /// does not allow; AWS promises less.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ProvisionedThroughputExceededException` if nothing could be written, `InternalServerError`.
    public func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        try await perform("BatchWriteItem", input) { core in
            try BatchWrite.check(input.requestItems)
            let encoded = try input.requestItems.mapValues { requests in
                try requests.map { request -> EncodedItem? in
                    guard case .put(let item) = request else { return nil }
                    return try EncodedItem(item, from: .batch)
                }
            }
            return try await core.withTables {
                try await BatchWrite(input.requestItems, encoded, core).run(core, for: input)
            }
        }
    }
}
