internal import DynamoDB

extension ItemWrite {
    /// Reads the parameters of a PutItem or DeleteItem.
    init(_ input: some ItemWriteRequest) throws(DynamoDBError) {
        guard input.returnValues == nil || input.returnValues == ReturnValues.none || input.returnValues == .allOld
        else {
            throw .validation("ReturnValues can only be ALL_OLD or NONE")
        }
        try refuseLegacy("Expected", input.expected, "ConditionExpression")
        let parameters = try input.parameters
        try self.init(input, parameters)
        try parameters.requireAllUsed()
    }

    /// Reads the parameters that an UpdateItem has in common with them.
    init(_ input: some ItemWriteRequest, _ parameters: ExpressionParameters) throws(DynamoDBError) {
        condition = try input.condition(parameters)
        tableName = input.tableName
        returnValues = input.returnValues ?? ReturnValues.none
        returnsOldOnFailure = input.returnValuesOnConditionCheckFailure == .allOld
    }
}

/// Refuses a parameter of AWS's old interface, which expressions have replaced, rather than ignoring it.
func refuseLegacy(_ name: String, _ value: Any?, _ replacement: String) throws(DynamoDBError) {
    guard value == nil else {
        throw .validation("The legacy parameter \(name) is not supported by this engine; use \(replacement)")
    }
}
