internal import DynamoDB

/// Why the WHERE clause of a write, or the item of an INSERT, names no item.
enum WriteKeyFault: Error {
    /// Not every key attribute has a value.
    case incomplete
    /// A key attribute has two values.
    case ambiguous(KeyAttribute)
    /// A key attribute's value is of another type.
    case type(KeyAttribute)

    /// What a statement on its own is told.
    var error: DynamoDBError {
        switch self {
        case .incomplete:
            .validation("Where clause does not contain a mandatory equality on all key attributes")
        case .ambiguous(let attribute):
            .validation(
                "Multiple conditions on same key \(attribute.name). Only single item Update/Insert/Delete are supported"
            )
        case .type(let attribute): .keyTypeMismatch(attribute)
        }
    }
}

extension DynamoDBError {
    static func keyTypeMismatch(_ attribute: KeyAttribute) -> DynamoDBError {
        .validation("Key attribute's data type should match its data type in table's schema: Key \(attribute.name)")
    }
}

extension Table {
    /// The primary key of the one item that a write is of.
    func key(in condition: ConditionNode?) throws(WriteKeyFault) -> Item {
        let terms = condition?.conjuncts ?? []
        var item: Item = [:]
        for attribute in key.all {
            let values = terms.compactMap { $0.equality(of: attribute.name) }
            guard let value = values.first else { throw .incomplete }
            guard values.allSatisfy({ $0 == value }) else { throw .ambiguous(attribute) }
            guard attribute.type.matches(value) else { throw .type(attribute) }
            item[attribute.name] = value
        }
        return item
    }

    /// Refuses an item to insert that lacks a key attribute, or has one of another type.
    func requireKey(of item: Item) throws(DynamoDBError) {
        for attribute in key.all {
            guard let value = item[attribute.name] else {
                throw .validation("Key attribute should be present in the item: Key \(attribute.name)")
            }
            guard attribute.type.matches(value) else { throw .keyTypeMismatch(attribute) }
        }
    }
}
