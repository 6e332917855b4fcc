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

/// One side of a comparison.
public struct ConditionOperand: Sendable {
    enum Kind: Sendable {
        case attribute(AttributePath)
        case size(AttributePath)
        case value(AttributeValue)
    }

    let kind: Kind

    /// An attribute's value. A comparison with an attribute that is not there is false.
    public static func attribute(_ path: AttributePath) -> ConditionOperand { ConditionOperand(kind: .attribute(path)) }

    /// The length of an attribute's string (in characters) or bytes, or the number of elements of its set, list or map.
    public static func size(_ path: AttributePath) -> ConditionOperand { ConditionOperand(kind: .size(path)) }

    /// A value.
    public static func value(_ value: AttributeValue) -> ConditionOperand { ConditionOperand(kind: .value(value)) }
}

extension ConditionOperand {
    private func compared(_ sign: String, _ other: ConditionOperand) -> ConditionExpression {
        ConditionExpression(.comparison(self, sign, other))
    }

    /// Whether both are equal, in type and value.
    public static func == (left: ConditionOperand, right: ConditionOperand) -> ConditionExpression {
        left.compared("=", right)
    }

    /// Whether both are equal, in type and value.
    public static func == (left: ConditionOperand, right: some AttributeValueConvertible) -> ConditionExpression {
        left.compared("=", .value(right.attributeValue))
    }

    /// Whether they differ, in type or value.
    public static func != (left: ConditionOperand, right: ConditionOperand) -> ConditionExpression {
        left.compared("<>", right)
    }

    /// Whether they differ, in type or value.
    public static func != (left: ConditionOperand, right: some AttributeValueConvertible) -> ConditionExpression {
        left.compared("<>", .value(right.attributeValue))
    }

    /// Whether the first is less: both are numbers, strings or bytes.
    public static func < (left: ConditionOperand, right: ConditionOperand) -> ConditionExpression {
        left.compared("<", right)
    }

    /// Whether the first is less: both are numbers, strings or bytes.
    public static func < (left: ConditionOperand, right: some AttributeValueConvertible) -> ConditionExpression {
        left.compared("<", .value(right.attributeValue))
    }

    /// Whether the first is not more: both are numbers, strings or bytes.
    public static func <= (left: ConditionOperand, right: ConditionOperand) -> ConditionExpression {
        left.compared("<=", right)
    }

    /// Whether the first is not more: both are numbers, strings or bytes.
    public static func <= (left: ConditionOperand, right: some AttributeValueConvertible) -> ConditionExpression {
        left.compared("<=", .value(right.attributeValue))
    }

    /// Whether the first is more: both are numbers, strings or bytes.
    public static func > (left: ConditionOperand, right: ConditionOperand) -> ConditionExpression {
        left.compared(">", right)
    }

    /// Whether the first is more: both are numbers, strings or bytes.
    public static func > (left: ConditionOperand, right: some AttributeValueConvertible) -> ConditionExpression {
        left.compared(">", .value(right.attributeValue))
    }

    /// Whether the first is not less: both are numbers, strings or bytes.
    public static func >= (left: ConditionOperand, right: ConditionOperand) -> ConditionExpression {
        left.compared(">=", right)
    }

    /// Whether the first is not less: both are numbers, strings or bytes.
    public static func >= (left: ConditionOperand, right: some AttributeValueConvertible) -> ConditionExpression {
        left.compared(">=", .value(right.attributeValue))
    }
}

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
