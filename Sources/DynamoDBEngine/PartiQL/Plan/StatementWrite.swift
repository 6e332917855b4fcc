import DynamoDB

/// What a statement writes: one item of a table.
struct StatementWrite: Sendable {
    let tableName: String
    let condition: ConditionNode?
    /// The item to put, or the primary key.
    let given: Item
    let isInsert: Bool
    /// Plans the write, for the table as it is now.
    let plan: @Sendable (Table) throws(DynamoDBError) -> PlannedWrite

    init(
        _ table: Table, _ given: Item, isInsert: Bool = false, if condition: ConditionNode?,
        _ plan: @escaping @Sendable (Table) throws(DynamoDBError) -> PlannedWrite
    ) {
        tableName = table.name
        self.given = given
        self.isInsert = isInsert
        self.condition = condition
        self.plan = plan
    }

    /// An insert, which finds no item of the same key.
    init(_ insert: InsertStatement, in table: Table) {
        self.init(table, insert.item, isInsert: true, if: .missing(table.anyKeyPath)) { table throws(DynamoDBError) in
            let encoded = try EncodedItem(insert.item, from: .put)
            return try PlannedWrite(putting: insert.item, encoded: encoded, in: table)
        }
    }

    /// An update. The whole WHERE clause is its condition, so that it makes no item: one that is not there has no key.
    init(_ update: UpdateStatement, in table: Table) throws(WriteKeyFault) {
        let key = try table.key(in: update.condition)
        self.init(table, key, if: update.condition) { table throws(DynamoDBError) in
            try PlannedWrite(updating: key, by: update.update, in: table)
        }
    }

    /// A delete, which is content to find no item.
    init(_ delete: DeleteStatement, in table: Table) throws(WriteKeyFault) {
        let key = try table.key(in: delete.condition)
        let condition = delete.condition.map { ConditionNode.or(.missing(table.anyKeyPath), $0) }
        self.init(table, key, if: condition) { table throws(DynamoDBError) in
            try PlannedWrite(deleting: key, in: table)
        }
    }
}

extension Table {
    /// The path of an attribute that every item has.
    fileprivate var anyKeyPath: DocumentPath { DocumentPath(key.partition[0].name) }
}

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
