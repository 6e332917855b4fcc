public import DynamoDB

extension Engine {
    /// Carries out up to 100 actions on items of any tables, 4 MB of requests in all: either all of them or none.
    ///
    /// With a client request token the transaction is made once however often it is sent within ten minutes, restarts
    /// of the engine included.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TransactionCanceledException` with a reason for each action,
    ///   `IdempotentParameterMismatchException`, `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        try await perform("TransactWriteItems", input) { core in
            let outcome = try await WriteTransaction(input).run(core)
            return TransactWriteItemsOutput(
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity),
                itemCollectionMetrics: try await input.itemCollectionMetrics(core))
        }
    }
}

extension TransactWriteItemsInput {
    fileprivate func itemCollectionMetrics(_ core: EngineCore) async throws -> [String: [ItemCollectionMetrics]]? {
        guard var collections = ItemCollections(returnItemCollectionMetrics, core) else { return nil }
        for item in transactItems {
            switch item {
            case .put(let put): collections.add(put.item, in: put.tableName)
            case .delete(let delete): collections.add(delete.key, in: delete.tableName)
            case .update(let update): collections.add(update.key, in: update.tableName)
            case .conditionCheck: break
            }
        }
        return try await collections.byTable()
    }
}

/// Several actions on items of any tables, all of which are carried out, or none.
///
/// Serializable: the locks of all items are held from reading the old items until the new ones are visible. Another
/// writer waits for them, for microseconds; nothing conflicts.
struct WriteTransaction: Sendable {
    struct Action: Sendable {
        let tableName: String
        let condition: ConditionNode?
        let returnsOldOnFailure: Bool
        /// The item to put or the primary key, as far as they are given as such.
        var given: Item = [:]
        /// The attributes that an update sets to values of the request.
        var set: Item = [:]
        /// Plans the write, for the table as it is now.
        let plan: @Sendable (Table) throws(DynamoDBError) -> PlannedWrite
    }

    let actions: [Action]
    let token: RequestToken?

    struct Outcome: Sendable {
        /// What each action did, beside its table.
        let effects: [(table: Table, effect: WriteEffect)]
        /// Whether the transaction had been made before, with the same token. Nothing was done then, and effects tell
        /// the sizes of the items that it left, and of those that it deleted.
        let isRepeated: Bool
    }

    private enum Decision: Sendable {
        case written([WriteEffect])
        case repeated([WriteEffect])
        case cancelled([CancellationReason])
    }

    /// - Throws: `TransactionCanceledException`, `ValidationException`, `ResourceNotFoundException`,
    ///   `IdempotentParameterMismatchException`.
    func run(_ core: EngineCore) async throws -> Outcome {
        try await core.withTables {
            let writes = try plan(core)
            let keys = writes.map(\.key)
            guard Set(keys).count == keys.count else { throw DynamoDBError.repeatedTransactionItem }
            let decision = try await core.commits.commit(keys: keys + (token.map { [$0.lockKey] } ?? [])) { unit in
                try decide(writes, core, unit)
            }
            let tables = writes.map(\.table)
            switch decision {
            case .written(let effects):
                return Outcome(effects: Array(zip(tables, effects)).map { (table: $0, effect: $1) }, isRepeated: false)
            case .repeated(let effects):
                return Outcome(effects: Array(zip(tables, effects)).map { (table: $0, effect: $1) }, isRepeated: true)
            case .cancelled(let reasons):
                throw DynamoDBError.transactionCancelled(reasons)
            }
        }
    }

    private func plan(_ core: EngineCore) throws -> [PlannedWrite] {
        let tables = try actions.map { action throws(DynamoDBError) in try core.table(named: action.tableName) }
        for (action, table) in zip(actions, tables) {
            try table.refuseEmptyKey(in: action.given)
            try table.refuseEmptyIndexKey(in: action.given, from: .put)
            try table.refuseEmptyIndexKey(in: action.set, from: .update)
        }
        var reasons: [CancellationReason] = []
        var writes: [PlannedWrite] = []
        for (action, table) in zip(actions, tables) {
            // AWS stops looking at the first action that cannot be carried out whatever the items are.
            if reasons.isCancelling {
                reasons.append(.none)
                continue
            }
            let write = try CancellationReason.collect(into: &reasons) { try action.plan(table) }
            if let write { writes.append(write.when(action.condition)) }
        }
        if reasons.isCancelling { throw DynamoDBError.transactionCancelled(reasons) }
        return writes
    }

    private func decide(_ writes: [PlannedWrite], _ core: EngineCore, _ unit: WriteUnit) throws -> Decision {
        let now = core.clock.present
        if let token, let sizes = try core.spentTokens.sizes(of: token, at: now, unit.tier) {
            return .repeated(
                try writes.enumerated().map { position, write in
                    try write.effectOfRepeating(
                        core, unit, size: sizes.indices.contains(position) ? sizes[position] : nil)
                })
        }
        unit.capacityFactor = transactionCapacityFactor
        var effects: [WriteEffect] = []
        var reasons: [CancellationReason] = []
        for (action, write) in zip(actions, writes) {
            let old = try unit.stored(write.key)
            switch try CancellationReason.collect(into: &reasons, { try write.stage(replacing: old, in: unit) }) {
            case .some(.some(let effect)):
                effects.append(effect)
            case .some(nil):
                reasons[reasons.count - 1] = .conditionalCheckFailed(
                    action.returnsOldOnFailure ? try old.item?.item() : nil)
            case nil:
                break
            }
        }
        guard !reasons.isCancelling else {
            unit.discard()
            return .cancelled(reasons)
        }
        if let token { core.spentTokens.add(token, sizes: effects.map(\.sizeToRepeat), at: now, to: unit.batch) }
        return .written(effects)
    }
}

extension PlannedWrite {
    /// - Parameter size: of the item when the transaction was made; nil to read it, since it was not always kept.
    fileprivate func effectOfRepeating(_ core: EngineCore, _ unit: WriteUnit, size: Int?) throws -> WriteEffect {
        let size = try size ?? unit.stored(key).item?.size
        core.countRead(readUnits(size ?? 0, consistent: true) * transactionCapacityFactor, of: table)
        return .nothing(on: size, in: table)
    }
}

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
