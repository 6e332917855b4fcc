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
