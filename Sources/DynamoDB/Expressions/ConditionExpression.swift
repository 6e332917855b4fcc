/// What must be true of an item: for conditions of writes, and for filters of queries and scans.
///
/// Names and values become placeholders, so that no name is a reserved word and no value is text of the expression.
/// ```swift
/// .attribute("status") == "open" && .attribute("retries") < 3 && !.exists("deletedAt")
/// ```
///
/// Source: AWS, "Condition and filter expressions, operators, and functions" in the Amazon DynamoDB developer guide.
public struct ConditionExpression: Sendable {
    indirect enum Node: Sendable {
        case comparison(ConditionOperand, String, ConditionOperand)
        case between(AttributePath, AttributeValue, AttributeValue)
        case oneOf(AttributePath, [AttributeValue])
        case function(String, AttributePath, AttributeValue?)
        case all(Node, Node)
        case any(Node, Node)
        case not(Node)
    }

    let node: Node

    init(_ node: Node) {
        self.node = node
    }

    /// Whether the attribute is there, with any value: null too.
    public static func exists(_ path: AttributePath) -> ConditionExpression {
        ConditionExpression(.function("attribute_exists", path, nil))
    }

    /// Whether the attribute is not there. Of a key attribute: whether there is no such item.
    public static func absent(_ path: AttributePath) -> ConditionExpression {
        ConditionExpression(.function("attribute_not_exists", path, nil))
    }

    /// Whether the attribute's value is of a type, named as ``AttributeValue/typeName`` does, such as `SS`.
    public static func type(_ path: AttributePath, is name: String) -> ConditionExpression {
        ConditionExpression(.function("attribute_type", path, .string(name)))
    }

    /// Whether the attribute's string or bytes begin with others.
    public static func begins(
        _ path: AttributePath, with prefix: some AttributeValueConvertible
    ) -> ConditionExpression {
        ConditionExpression(.function("begins_with", path, prefix.attributeValue))
    }

    /// Whether the attribute's string has a part, or its set or list an element.
    public static func contains(
        _ path: AttributePath, _ element: some AttributeValueConvertible
    ) -> ConditionExpression {
        ConditionExpression(.function("contains", path, element.attributeValue))
    }

    /// Whether the attribute's value lies in a range, bounds included.
    public static func between(
        _ path: AttributePath, _ lower: some AttributeValueConvertible, and upper: some AttributeValueConvertible
    ) -> ConditionExpression {
        ConditionExpression(.between(path, lower.attributeValue, upper.attributeValue))
    }

    /// Whether the attribute's value is one of 1 to 100.
    public static func isOne(_ path: AttributePath, of values: [AttributeValue]) -> ConditionExpression {
        ConditionExpression(.oneOf(path, values))
    }

    /// Whether both are true.
    public static func && (left: ConditionExpression, right: ConditionExpression) -> ConditionExpression {
        ConditionExpression(.all(left.node, right.node))
    }

    /// Whether one is true, or both.
    public static func || (left: ConditionExpression, right: ConditionExpression) -> ConditionExpression {
        ConditionExpression(.any(left.node, right.node))
    }

    /// Whether it is not true.
    public static prefix func ! (condition: ConditionExpression) -> ConditionExpression {
        ConditionExpression(.not(condition.node))
    }
}
