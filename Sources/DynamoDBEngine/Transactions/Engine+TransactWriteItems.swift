public import DynamoDB

extension Engine {
    /// Carries out up to 100 actions on items of any tables, 4 MB of requests in all: either all of them or none.
    ///
    /// With a client request token the transaction is made once however often it is sent within ten minutes, restarts
    /// of the engine included.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TransactionCanceledException` with a reason for each action,
    ///   `IdempotentParameterMismatchException`, `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        try await perform("TransactWriteItems", input) { core in
            let outcome = try await WriteTransaction(input).run(core)
            return TransactWriteItemsOutput(
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity),
                itemCollectionMetrics: try await input.itemCollectionMetrics(core))
        }
    }
}

extension TransactWriteItemsInput {
    fileprivate func itemCollectionMetrics(_ core: EngineCore) async throws -> [String: [ItemCollectionMetrics]]? {
        guard var collections = ItemCollections(returnItemCollectionMetrics, core) else { return nil }
        for item in transactItems {
            switch item {
            case .put(let put): collections.add(put.item, in: put.tableName)
            case .delete(let delete): collections.add(delete.key, in: delete.tableName)
            case .update(let update): collections.add(update.key, in: update.tableName)
            case .conditionCheck: break
            }
        }
        return try await collections.byTable()
    }
}
