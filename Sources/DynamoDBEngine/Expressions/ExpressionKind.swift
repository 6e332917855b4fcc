internal import DynamoDB

/// The parameter that an expression was given in. Errors name it.
enum ExpressionKind: String {
    case condition = "ConditionExpression"
    case filter = "FilterExpression"
    case keyCondition = "KeyConditionExpression"
    case projection = "ProjectionExpression"
    case update = "UpdateExpression"
    case searchCondition = "SearchConditionExpression"
    /// A clause of a PartiQL statement, which errors do not name.
    case statement = "Statement"

    /// `ValidationException` in AWS's form: "Invalid FilterExpression: …".
    func error(_ message: String) -> DynamoDBError {
        .validation(self == .statement ? message : "Invalid \(rawValue): \(message)")
    }
}
