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
