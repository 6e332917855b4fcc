public import DynamoDB

extension Engine {
    /// Changes attributes of an item, or creates it.
    ///
    /// An update that only removes attributes makes no item where there is none; any other does.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ConditionalCheckFailedException`, `InternalServerError`.
    public func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput {
        try await perform("UpdateItem", input, on: input.tableName) { core in
            let (write, update) = try UpdateItemInput.atFront { () throws(DynamoDBError) in
                try ItemWrite.update(input)
            }
            let outcome = try await write.run(core) { table throws(DynamoDBError) in
                try PlannedWrite(updating: input.key, by: update, in: table)
            }
            return UpdateItemOutput(
                attributes: outcome.attributes,
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity),
                itemCollectionMetrics: try await ItemCollections.metrics(
                    input.returnItemCollectionMetrics, of: input.key, in: input.tableName, core))
        }
    }
}

extension ItemWrite {
    fileprivate static func update(
        _ input: UpdateItemInput
    ) throws(DynamoDBError) -> (ItemWrite, ItemUpdate) {
        try refuseMixing(
            [
                "AttributeUpdates": input.attributeUpdates, "Expected": input.expected,
                "ConditionalOperator": input.conditionalOperator,
            ],
            with: ["UpdateExpression": input.updateExpression, "ConditionExpression": input.conditionExpression])
        let parameters = try ExpressionParameters(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            expressions: [(.update, input.updateExpression), (.condition, input.conditionExpression)],
            front: UpdateItemInput.front)
        let update =
            if let text = input.updateExpression {
                try ExpressionParser.update(text, parameters: parameters)
            } else {
                try ItemUpdate(input.attributeUpdates ?? [:])
            }
        let write = try ItemWrite(input, parameters)
        try parameters.requireAllUsed()
        return (write, update)
    }
}
