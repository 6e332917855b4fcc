internal import DynamoDB

/// What all requests that change an item on a condition have in common.
protocol ConditionalRequest {
    var conditionExpression: String? { get }
    var expressionAttributeNames: [String: String]? { get }
    var expressionAttributeValues: [String: AttributeValue]? { get }
    var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? { get }
}

/// What PutItem, UpdateItem and DeleteItem have in common.
protocol ItemWriteRequest: ConditionalRequest {
    var tableName: String { get }
    var returnValues: ReturnValues? { get }
    var expected: [String: ExpectedAttributeValue]? { get }
}

extension PutItemInput: ItemWriteRequest {}
extension UpdateItemInput: ItemWriteRequest {}
extension DeleteItemInput: ItemWriteRequest {}
