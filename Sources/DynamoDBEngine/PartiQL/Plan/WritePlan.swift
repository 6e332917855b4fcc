internal import DynamoDB

/// What a statement writes: one item of a table.
struct WritePlan: Sendable {
    let tableName: String
    let condition: ConditionNode?
    let change: @Sendable (Table) throws(DynamoDBError) -> ItemAction.Change

    init(
        _ table: Table, if condition: ConditionNode?,
        _ change: @escaping @Sendable (Table) throws(DynamoDBError) -> ItemAction.Change
    ) {
        tableName = table.name
        self.condition = condition
        self.change = change
    }

    /// An insert, which finds no item of the same key.
    init(_ insert: InsertStatement, in table: Table) {
        self.init(table, if: .missing(table.anyKeyPath)) { table throws(DynamoDBError) in
            let encoded = try EncodedItem(insert.item, from: .put)
            return .write(try PreparedWrite(putting: insert.item, encoded: encoded, in: table))
        }
    }

    /// An update. The whole WHERE clause is its condition, so that it makes no item: one that is not there has no key.
    init(_ update: UpdateStatement, in table: Table) throws(DynamoDBError) {
        let key = try table.key(in: update.condition)
        self.init(table, if: update.condition) { table throws(DynamoDBError) in
            .update(try PreparedUpdate(update.update, of: key, in: table))
        }
    }

    /// A delete, which is content to find no item.
    init(_ delete: DeleteStatement, in table: Table) throws(DynamoDBError) {
        let key = try table.key(in: delete.condition)
        let condition = delete.condition.map { ConditionNode.or(.missing(table.anyKeyPath), $0) }
        self.init(table, if: condition) { table throws(DynamoDBError) in
            .write(try PreparedWrite(deleting: key, in: table))
        }
    }
}

extension Table {
    /// The path of an attribute that every item has.
    fileprivate var anyKeyPath: DocumentPath { DocumentPath(key.partition[0].name) }

    fileprivate func key(in condition: ConditionNode?) throws(DynamoDBError) -> Item {
        var terms = Conjunction(condition)
        guard let key = terms.takeKey(self.key) else {
            throw .validation("Where clause does not contain a mandatory equality on all key attributes")
        }
        return key
    }
}
