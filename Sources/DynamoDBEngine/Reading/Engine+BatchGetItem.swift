public import DynamoDB

extension Engine {
    /// Reads up to 100 items of any tables, 16 MB in all; the keys of what exceeds them are left unprocessed.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func batchGetItem(_ input: BatchGetItemInput) async throws -> BatchGetItemOutput {
        try await perform("BatchGetItem", input) { core in
            let batch = try BatchRead(input.requestItems, core)
            let output = try await batch.read(core, input.returnConsumedCapacity)
            try await core.durability.settleReads(of: .items(batch.consistentKeys))
            return output
        }
    }
}
