/// One condition on a key attribute of a query: an equality for every attribute of the partition key, and at most one
/// other condition, on the sort key.
///
/// Source: AWS, "Key condition expressions for the Query operation" in the Amazon DynamoDB developer guide.
public struct KeyExpression: Sendable {
    enum Node: Sendable {
        case comparison(String, AttributeValue)
        case between(AttributeValue, AttributeValue)
        case begins(AttributeValue)
    }

    let name: String
    let node: Node

    /// Whether the key attribute equals a value.
    public static func equal(_ name: String, _ value: some AttributeValueConvertible) -> KeyExpression {
        KeyExpression(name: name, node: .comparison("=", value.attributeValue))
    }

    /// Whether the sort key is below a value.
    public static func below(_ name: String, _ value: some AttributeValueConvertible) -> KeyExpression {
        KeyExpression(name: name, node: .comparison("<", value.attributeValue))
    }

    /// Whether the sort key is a value or below it.
    public static func atMost(_ name: String, _ value: some AttributeValueConvertible) -> KeyExpression {
        KeyExpression(name: name, node: .comparison("<=", value.attributeValue))
    }

    /// Whether the sort key is above a value.
    public static func above(_ name: String, _ value: some AttributeValueConvertible) -> KeyExpression {
        KeyExpression(name: name, node: .comparison(">", value.attributeValue))
    }

    /// Whether the sort key is a value or above it.
    public static func atLeast(_ name: String, _ value: some AttributeValueConvertible) -> KeyExpression {
        KeyExpression(name: name, node: .comparison(">=", value.attributeValue))
    }

    /// Whether the sort key lies in a range, bounds included.
    public static func between(
        _ name: String, _ lower: some AttributeValueConvertible, and upper: some AttributeValueConvertible
    ) -> KeyExpression {
        KeyExpression(name: name, node: .between(lower.attributeValue, upper.attributeValue))
    }

    /// Whether the sort key, a string or bytes, begins with others.
    public static func begins(_ name: String, with prefix: some AttributeValueConvertible) -> KeyExpression {
        KeyExpression(name: name, node: .begins(prefix.attributeValue))
    }
}
