public import DynamoDB

extension Engine {
    /// Creates an item, or replaces the one of the same key.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ConditionalCheckFailedException`, `InternalServerError`.
    public func putItem(_ input: PutItemInput) async throws -> PutItemOutput {
        try await perform("PutItem", on: input.tableName) { core in
            let write = try ItemWrite(input)
            let encoded = try EncodedItem.forPut(input.item)
            let outcome = try await write.run(core) { table throws(DynamoDBError) in
                try PreparedWrite(putting: input.item, encoded: encoded, in: table)
            }
            return PutItemOutput(
                attributes: outcome.old, consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
        }
    }
}

extension ItemWrite {
    fileprivate init(_ input: PutItemInput) throws(DynamoDBError) {
        try refuseLegacy("Expected", input.expected, "ConditionExpression")
        try self.init(
            input.tableName, input.conditionExpression, input.expressionAttributeNames,
            input.expressionAttributeValues, input.returnValues, input.returnValuesOnConditionCheckFailure)
    }
}
