public import DynamoDB

extension Engine {
    /// Deletes an item. It is no error if there is none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ConditionalCheckFailedException`, `InternalServerError`.
    public func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput {
        try await perform("DeleteItem", input, on: input.tableName) { core in
            let write = try DeleteItemInput.atFront { () throws(DynamoDBError) in try ItemWrite(input) }
            let outcome = try await write.run(core) { table throws(DynamoDBError) in
                try PlannedWrite(deleting: input.key, in: table)
            }
            return DeleteItemOutput(
                attributes: outcome.attributes,
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity),
                itemCollectionMetrics: try await ItemCollections.metrics(
                    input.returnItemCollectionMetrics, of: input.key, in: input.tableName, core))
        }
    }
}
