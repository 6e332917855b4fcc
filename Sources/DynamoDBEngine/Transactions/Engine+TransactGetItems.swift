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
                responses: outcome.items.map { ItemResponse(item: $0) },
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
