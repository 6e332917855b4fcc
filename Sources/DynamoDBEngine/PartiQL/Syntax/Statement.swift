internal import DynamoDB

/// A PartiQL statement, its parameters filled in.
enum Statement: Sendable {
    case select(SelectStatement)
    case insert(InsertStatement)
    case update(UpdateStatement)
    case delete(DeleteStatement)
    /// `EXISTS(SELECT …)`: a condition of a transaction.
    case exists(SelectStatement)

    /// Whether it is a SELECT.
    var isRead: Bool {
        if case .select = self { true } else { false }
    }

    var tableName: String {
        switch self {
        case .select(let select), .exists(let select): select.tableName
        case .insert(let insert): insert.tableName
        case .update(let update): update.tableName
        case .delete(let delete): delete.tableName
        }
    }
}

struct SelectStatement: Sendable {
    /// One key of an ORDER BY clause.
    struct Order: Equatable, Sendable {
        let attribute: String
        let isAscending: Bool
    }

    /// nil for `*`.
    var projection: [DocumentPath]?
    /// Why the projection cannot be read, which AWS tells after faults of the table.
    var fault: DynamoDBError?
    var tableName: String
    var indexName: String?
    var condition: ConditionNode?
    var order: [Order] = []
}

struct InsertStatement: Sendable {
    let tableName: String
    let item: Item
}

struct UpdateStatement: Sendable {
    let tableName: String
    let update: ItemUpdate
    let condition: ConditionNode?
    /// nil without a RETURNING clause.
    let returning: ReturnValues?
}

struct DeleteStatement: Sendable {
    let tableName: String
    let condition: ConditionNode?
    /// nil without a RETURNING clause.
    let returning: ReturnValues?
}
