internal import DynamoDB

/// What all requests that decide a condition on an item have in common.
protocol ConditionalRequest: JSONObject {
    /// The ConditionExpression.
    var condition: String? { get }
    var expressionAttributeNames: [String: String]? { get }
    var expressionAttributeValues: [String: AttributeValue]? { get }
    var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? { get }
}

extension ConditionalRequest {
    /// The names and values of a request whose only expression is the condition.
    var parameters: ExpressionParameters {
        get throws(DynamoDBError) {
            try ExpressionParameters(
                names: expressionAttributeNames, values: expressionAttributeValues,
                expressions: [(.condition, condition)], front: Self.front)
        }
    }

    /// The condition, parsed.
    func condition(_ parameters: ExpressionParameters) throws(DynamoDBError) -> ConditionNode? {
        try condition.map { text throws(DynamoDBError) in
            try ExpressionParser.condition(text, kind: .condition, parameters: parameters)
        }
    }
}

/// What PutItem, UpdateItem and DeleteItem have in common.
protocol ItemWriteRequest: ConditionalRequest {
    var tableName: String { get }
    var conditionExpression: String? { get }
    var returnValues: ReturnValues? { get }
    var expected: AttributeMap<ExpectedAttributeValue>? { get }
    var conditionalOperator: ConditionalOperator? { get }
}

extension ItemWriteRequest {
    var condition: String? { conditionExpression }
}

extension PutItemInput: ItemWriteRequest {}
extension UpdateItemInput: ItemWriteRequest {}
extension DeleteItemInput: ItemWriteRequest {}

extension Put: ConditionalRequest {
    var condition: String? { conditionExpression }
}
extension Update: ConditionalRequest {
    var condition: String? { conditionExpression }
}
extension Delete: ConditionalRequest {
    var condition: String? { conditionExpression }
}
extension ConditionCheck: ConditionalRequest {
    var condition: String? { conditionExpression }
}
