public import DynamoDB

extension Engine {
    /// Deletes an item. It is no error if there is none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ConditionalCheckFailedException`, `InternalServerError`.
    public func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput {
        try await perform("DeleteItem", on: input.tableName) { core in
            let write = try ItemWrite(input)
            let outcome = try await write.run(core) { table throws(DynamoDBError) in
                try PreparedWrite(deleting: input.key, in: table)
            }
            return DeleteItemOutput(
                attributes: outcome.old, consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
        }
    }
}

extension ItemWrite {
    fileprivate init(_ input: DeleteItemInput) throws(DynamoDBError) {
        try refuseLegacy("Expected", input.expected, "ConditionExpression")
        try self.init(
            input.tableName, input.conditionExpression, input.expressionAttributeNames,
            input.expressionAttributeValues, input.returnValues, input.returnValuesOnConditionCheckFailure)
    }
}
