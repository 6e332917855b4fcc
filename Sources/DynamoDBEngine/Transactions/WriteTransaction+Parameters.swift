internal import DynamoDB

extension WriteTransaction {
    /// Reads the actions of a TransactWriteItems.
    init(_ input: TransactWriteItemsInput) throws(DynamoDBError) {
        try checkTransactionPayload(input.transactItems.map(\.payload))
        actions = try input.transactItems.map { item throws(DynamoDBError) in try Action(item) }
        token = input.clientRequestToken.map { text in
            var digest = RequestDigest()
            for item in input.transactItems { digest.add(item) }
            return RequestToken(text, digest)
        }
    }
}

extension TransactWriteItem {
    /// Bytes of what is written, or of what the action is told by, by AWS's accounting: not of the items as they are.
    fileprivate var payload: Int {
        switch self {
        case .put(let put): put.item.sizeInBytes + (put.expressionAttributeValues?.sizeInBytes ?? 0)
        case .delete(let delete): delete.key.sizeInBytes + (delete.expressionAttributeValues?.sizeInBytes ?? 0)
        case .update(let update): update.key.sizeInBytes + (update.expressionAttributeValues?.sizeInBytes ?? 0)
        case .conditionCheck(let check): check.key.sizeInBytes + (check.expressionAttributeValues?.sizeInBytes ?? 0)
        }
    }
}

extension [String: AttributeValue] {
    /// Bytes of placeholders and values, as AWS counts those of an item.
    fileprivate var sizeInBytes: Int {
        reduce(0) { $0 + $1.key.utf8.count + $1.value.sizeInBytes }
    }
}

/// Refuses a write transaction whose actions are too much together.
///
/// - Parameter sizes: bytes of each action.
func checkTransactionPayload(_ sizes: [Int]) throws(DynamoDBError) {
    guard sizes.reduce(0, +) <= Limits.transactionSize else {
        throw .validation("Transaction payload size cannot exceed 4 MB")
    }
}

extension WriteTransaction.Action {
    fileprivate init(_ item: TransactWriteItem) throws(DynamoDBError) {
        switch item {
        case .put(let put):
            // What the item itself is refused for is told of the request as a whole, and not as a reason to cancel.
            let encoded = try EncodedItem(put.item, from: .put)
            try self.init(put, on: put.tableName, put.item, try put.parameters) { table throws(DynamoDBError) in
                try PlannedWrite(putting: put.item, encoded: encoded, in: table)
            }
        case .delete(let delete):
            try self.init(delete, on: delete.tableName, delete.key, try delete.parameters) {
                table throws(DynamoDBError) in
                try PlannedWrite(deleting: delete.key, in: table)
            }
        case .conditionCheck(let check):
            try self.init(check, on: check.tableName, check.key, try check.parameters) { table throws(DynamoDBError) in
                try PlannedWrite(checking: check.key, in: table)
            }
        case .update(let update):
            let parameters = try ExpressionParameters(
                names: update.expressionAttributeNames, values: update.expressionAttributeValues,
                expressions: [(.update, update.updateExpression), (.condition, update.conditionExpression)])
            let parsed = try ExpressionParser.update(update.updateExpression, parameters: parameters)
            try self.init(update, on: update.tableName, update.key, parameters) { table throws(DynamoDBError) in
                try PlannedWrite(updating: update.key, by: parsed, in: table)
            }
            set = parsed.literals
        }
    }

    private init(
        _ request: some ConditionalRequest, on tableName: String, _ given: Item, _ parameters: ExpressionParameters,
        plan: @escaping @Sendable (Table) throws(DynamoDBError) -> PlannedWrite
    ) throws(DynamoDBError) {
        self.tableName = tableName
        self.given = given
        self.plan = plan
        returnsOldOnFailure = request.returnValuesOnConditionCheckFailure == .allOld
        condition = try request.condition(parameters)
        try parameters.requireAllUsed()
    }
}

extension RequestDigest {
    fileprivate mutating func add(_ item: TransactWriteItem) {
        switch item {
        case .put(let put): add("Put", put.tableName, put.item, put)
        case .delete(let delete): add("Delete", delete.tableName, delete.key, delete)
        case .conditionCheck(let check): add("ConditionCheck", check.tableName, check.key, check)
        case .update(let update):
            add("Update", update.tableName, update.key, update)
            add(update.updateExpression)
        }
    }

    private mutating func add(_ kind: String, _ table: String, _ item: Item, _ request: some ConditionalRequest) {
        add(kind)
        add(table)
        add(item)
        add(request.condition)
        add(request.expressionAttributeNames)
        add(request.expressionAttributeValues)
        add(request.returnValuesOnConditionCheckFailure?.rawValue)
    }
}
