public import DynamoDB

extension Engine {
    /// Creates an item, or replaces the one of the same key.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ConditionalCheckFailedException`, `InternalServerError`.
    public func putItem(_ input: PutItemInput) async throws -> PutItemOutput {
        try await perform("PutItem", input, on: input.tableName) { core in
            let write = try PutItemInput.atFront { () throws(DynamoDBError) in try ItemWrite(input) }
            let encoded = try EncodedItem(input.item, from: .put)
            let outcome = try await write.run(core) { table throws(DynamoDBError) in
                try PlannedWrite(putting: input.item, encoded: encoded, in: table)
            }
            return PutItemOutput(
                attributes: outcome.attributes,
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity),
                itemCollectionMetrics: try await ItemCollections.metrics(
                    input.returnItemCollectionMetrics, of: input.item, in: input.tableName, core))
        }
    }
}
