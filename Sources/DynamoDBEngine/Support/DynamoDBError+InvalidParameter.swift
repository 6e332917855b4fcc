internal import DynamoDB

extension DynamoDBError {
    /// A parameter that breaks a rule, with the sentence that AWS begins such messages with.
    static func invalidParameter(_ message: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: \(message)")
    }
}
