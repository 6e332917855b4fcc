/// What an attribute is set to, reckoned from the item as it was before the update.
public struct UpdateOperand: Sendable {
    indirect enum Node: Sendable {
        case value(AttributeValue)
        case attribute(AttributePath)
        case attributeOr(AttributePath, UpdateOperand)
        case joined(UpdateOperand, UpdateOperand)
        case arithmetic(UpdateOperand, String, UpdateOperand)
    }

    let node: Node

    /// A value.
    public static func value(_ value: AttributeValue) -> UpdateOperand { UpdateOperand(node: .value(value)) }

    /// An attribute's value; without the attribute the update fails.
    public static func attribute(_ path: AttributePath) -> UpdateOperand { UpdateOperand(node: .attribute(path)) }

    /// An attribute's value, or another where there is no such attribute.
    public static func attribute(
        _ path: AttributePath, default value: some AttributeValueConvertible
    ) -> UpdateOperand {
        UpdateOperand(node: .attributeOr(path, .value(value.attributeValue)))
    }

    /// A list after another.
    public static func joined(_ first: UpdateOperand, _ second: UpdateOperand) -> UpdateOperand {
        UpdateOperand(node: .joined(first, second))
    }

    /// The sum of a number and another.
    public static func + (left: UpdateOperand, right: some AttributeValueConvertible) -> UpdateOperand {
        UpdateOperand(node: .arithmetic(left, "+", .value(right.attributeValue)))
    }

    /// The sum of two numbers.
    public static func + (left: UpdateOperand, right: UpdateOperand) -> UpdateOperand {
        UpdateOperand(node: .arithmetic(left, "+", right))
    }

    /// A number less another.
    public static func - (left: UpdateOperand, right: some AttributeValueConvertible) -> UpdateOperand {
        UpdateOperand(node: .arithmetic(left, "-", .value(right.attributeValue)))
    }

    /// The difference of two numbers.
    public static func - (left: UpdateOperand, right: UpdateOperand) -> UpdateOperand {
        UpdateOperand(node: .arithmetic(left, "-", right))
    }
}
