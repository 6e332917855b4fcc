internal import DynamoDB

extension ItemWrite {
    /// Reads the parameters of a PutItem or DeleteItem.
    init(_ input: some ItemWriteRequest) throws(DynamoDBError) {
        guard input.returnValues == nil || input.returnValues == ReturnValues.none || input.returnValues == .allOld
        else {
            throw .validation("ReturnValues can only be ALL_OLD or NONE")
        }
        try refuseMixing(
            ["Expected": input.expected, "ConditionalOperator": input.conditionalOperator],
            with: ["ConditionExpression": input.conditionExpression])
        let parameters = try input.parameters
        try self.init(input, parameters)
        try parameters.requireAllUsed()
    }

    /// Reads the parameters that an UpdateItem has in common with them.
    init(_ input: some ItemWriteRequest, _ parameters: ExpressionParameters) throws(DynamoDBError) {
        let legacyCondition = try ConditionNode.legacy(input.expected, input.conditionalOperator)
        let condition = try input.condition(parameters)
        self.condition = condition ?? legacyCondition
        tableName = input.tableName
        returnValues = input.returnValues ?? ReturnValues.none
        returnsOldOnFailure = input.returnValuesOnConditionCheckFailure == .allOld
    }
}
