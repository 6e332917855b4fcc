/// One change of an item.
/// ```swift
/// .set("status", to: "done"), .set("attempts", to: .attribute("attempts") + 1), .remove("lease"), .add("total", 5)
/// ```
///
/// Source: AWS, "Update expressions" in the Amazon DynamoDB developer guide.
public struct ItemChange: Sendable {
    /// The clauses of an update expression, in the order in which they are written.
    enum Clause: String, Sendable, CaseIterable {
        case set = "SET"
        case remove = "REMOVE"
        case add = "ADD"
        case delete = "DELETE"
    }

    let clause: Clause
    let path: AttributePath
    let operand: UpdateOperand?

    /// Gives the attribute a value, in place of what it has.
    public static func set(_ path: AttributePath, to value: some AttributeValueConvertible) -> ItemChange {
        ItemChange(clause: .set, path: path, operand: .value(value.attributeValue))
    }

    /// Gives the attribute what is reckoned from the item as it was before the update.
    public static func set(_ path: AttributePath, to operand: UpdateOperand) -> ItemChange {
        ItemChange(clause: .set, path: path, operand: operand)
    }

    /// Removes the attribute, or the element of a list, whose later elements move up.
    public static func remove(_ path: AttributePath) -> ItemChange {
        ItemChange(clause: .remove, path: path, operand: nil)
    }

    /// Adds to a number, or elements to a set; without the attribute, to 0 or to no elements.
    public static func add(_ path: AttributePath, _ value: some AttributeValueConvertible) -> ItemChange {
        ItemChange(clause: .add, path: path, operand: .value(value.attributeValue))
    }

    /// Adds to a number, or elements to a set; without the attribute, to 0 or to no elements.
    public static func add(_ path: AttributePath, _ value: AttributeValue) -> ItemChange {
        ItemChange(clause: .add, path: path, operand: .value(value))
    }

    /// Takes elements from a set; the attribute goes with the last one.
    public static func delete(_ path: AttributePath, _ elements: AttributeValue) -> ItemChange {
        ItemChange(clause: .delete, path: path, operand: .value(elements))
    }
}

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

/// What stands for one value of DynamoDB without loss.
public protocol AttributeValueConvertible: Sendable {
    /// The value.
    var attributeValue: AttributeValue { get }
}

extension AttributeValue: AttributeValueConvertible {
    /// The value itself.
    public var attributeValue: AttributeValue { self }
}

extension String: AttributeValueConvertible {
    /// A string value.
    public var attributeValue: AttributeValue { .string(self) }
}

extension Bool: AttributeValueConvertible {
    /// A Boolean value.
    public var attributeValue: AttributeValue { .bool(self) }
}

extension Int: AttributeValueConvertible {
    /// A number value.
    public var attributeValue: AttributeValue { .number(DecimalNumber(self)) }
}

extension Int64: AttributeValueConvertible {
    /// A number value.
    public var attributeValue: AttributeValue { .number(DecimalNumber(self)) }
}

extension DecimalNumber: AttributeValueConvertible {
    /// A number value.
    public var attributeValue: AttributeValue { .number(self) }
}
