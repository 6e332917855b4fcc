public import DynamoDB

extension Engine {
    /// Runs up to 100 PartiQL statements, each on another item: either all of them or none.
    ///
    /// All are SELECTs that name one item each, or none is. `EXISTS(SELECT …)` among writes is a condition.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TransactionCanceledException` with a reason for each statement,
    ///   `IdempotentParameterMismatchException`, `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func executeTransaction(_ input: ExecuteTransactionInput) async throws -> ExecuteTransactionOutput {
        try await perform("ExecuteTransaction", input) { core in
            let transaction = try StatementTransaction(input, core)
            switch transaction {
            case .read(let reads, let projections):
                let outcome = try await reads.run(core)
                let rows = zip(outcome.items, projections).map { item, projection in
                    ItemResponse(item: item.map { projection?.row(of: $0) ?? $0 })
                }
                return ExecuteTransactionOutput(
                    responses: rows, consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
            case .write(let writes, let inserts):
                do {
                    let outcome = try await writes.run(core)
                    // AWS has no responses to writes.
                    return ExecuteTransactionOutput(
                        responses: [], consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
                } catch let error as DynamoDBError where error.code == .transactionCanceledException {
                    throw error.tellingDuplicates(among: inserts)
                }
            }
        }
    }
}

extension DynamoDBError {
    /// The same cancellation, with inserts that met an item called duplicates.
    fileprivate func tellingDuplicates(among inserts: Set<Int>) -> DynamoDBError {
        .transactionCancelled(
            cancellationReasons.enumerated().map { position, reason in
                guard inserts.contains(position), reason.code == "ConditionalCheckFailed" else { return reason }
                return CancellationReason(code: "DuplicateItem", message: Statement.duplicateItem)
            })
    }
}
