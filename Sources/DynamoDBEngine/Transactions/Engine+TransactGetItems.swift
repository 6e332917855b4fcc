public import DynamoDB

extension Engine {
    /// Reads up to 100 items of any tables, 4 MB in all, as they were at one moment.
    ///
    /// It never sees a part of a transaction, and waits until what it saw is on disk.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TransactionCanceledException` with a reason for each read,
    ///   `ValidationException`, `ResourceNotFoundException`, `InternalServerError`.
    public func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput {
        try await perform("TransactGetItems", input) { core in
            let outcome = try await ReadTransaction(input).run(core)
            return TransactGetItemsOutput(
                // AWS leaves out an item of which the projection wants nothing; the other reads answer an empty one.
                responses: outcome.items.map { item in ItemResponse(item: item.flatMap { $0.isEmpty ? nil : $0 }) },
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
        }
    }
}

extension ReadTransaction {
    fileprivate init(_ input: TransactGetItemsInput) throws(DynamoDBError) {
        reads = try input.transactItems.map { item throws(DynamoDBError) in
            let projection = try ItemProjection(
                item.get.projectionExpression, names: item.get.expressionAttributeNames, attributesToGet: nil)
            return Read(tableName: item.get.tableName, key: item.get.key, projection: projection)
        }
    }
}
