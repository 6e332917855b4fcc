internal import DynamoDB

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
