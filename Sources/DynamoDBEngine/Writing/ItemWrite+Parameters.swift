internal import DynamoDB

extension ItemWrite {
    /// Reads the parameters that PutItem and DeleteItem have in common.
    init(
        _ tableName: String, _ expression: String?, _ names: [String: String]?, _ values: [String: AttributeValue]?,
        _ returnValues: ReturnValues?, _ returnValuesOnFailure: ReturnValuesOnConditionCheckFailure?
    ) throws(DynamoDBError) {
        guard returnValues == nil || returnValues == ReturnValues.none || returnValues == .allOld else {
            throw .validation("ReturnValues can only be ALL_OLD or NONE")
        }
        let parameters = try ExpressionParameters(names: names, values: values, expressions: [(.condition, expression)])
        condition = try expression.map { text throws(DynamoDBError) in
            try ExpressionParser.condition(text, kind: .condition, parameters: parameters)
        }
        try parameters.requireAllUsed()
        self.tableName = tableName
        returnsOld = returnValues == .allOld
        returnsOldOnFailure = returnValuesOnFailure == .allOld
    }
}

/// Refuses a parameter of AWS's old interface, which expressions have replaced, rather than ignoring it.
func refuseLegacy(_ name: String, _ value: Any?, _ replacement: String) throws(DynamoDBError) {
    guard value == nil else {
        throw .validation("The legacy parameter \(name) is not supported by this engine; use \(replacement)")
    }
}
