import DynamoDB

/// A request that writes one item: PutItem, UpdateItem and DeleteItem.
struct ItemWrite: Sendable {
    let tableName: String
    let condition: ConditionNode?
    let returnValues: ReturnValues
    let returnsOldOnFailure: Bool

    struct Outcome: Sendable {
        let table: Table
        let effect: WriteEffect
        /// The attributes asked for.
        let attributes: Item?
    }

    private enum Decision: Sendable {
        case written(WriteEffect, Item?)
        case refused(old: Item?)
    }

    /// - Throws: `ConditionalCheckFailedException`.
    func run(
        _ core: EngineCore, _ prepare: (Table) throws(DynamoDBError) -> PlannedWrite
    ) async throws -> Outcome {
        try await core.withTable(named: tableName) { table in
            let write = try prepare(table).when(condition)
            let decision = try await core.commits.commit(keys: [write.key]) { unit in
                try decide(write, unit)
            }
            switch decision {
            case .written(let effect, let attributes):
                return Outcome(table: table, effect: effect, attributes: attributes)
            case .refused(let old):
                throw DynamoDBError(
                    code: .conditionalCheckFailedException, message: "The conditional request failed", item: old)
            }
        }
    }

    private func decide(_ write: PlannedWrite, _ unit: WriteUnit) throws -> Decision {
        let old = try unit.stored(write.key)
        guard let effect = try write.stage(replacing: old, in: unit) else {
            return .refused(old: returnsOldOnFailure ? try old.item?.item() : nil)
        }
        return .written(effect, try attributes(of: write, old.item, effect.updated))
    }

    private func attributes(of write: PlannedWrite, _ old: StoredItem?, _ new: EncodedItem?) throws -> Item? {
        switch returnValues {
        case .none: return nil
        case .allOld: return try old?.item()
        case .allNew: return try new?.item(nil)
        case .updatedOld: return try old?.item(write.updated).nilIfEmpty
        case .updatedNew: return try new?.item(write.updated).nilIfEmpty
        }
    }
}

extension PlannedWrite {
    /// The parts of the item that an update names.
    fileprivate var updated: ItemProjection? {
        get throws(DynamoDBError) {
            guard case .update(let update, _) = change else { return nil }
            return try ItemProjection(paths: update.paths, kind: .update)
        }
    }
}

extension EncodedItem {
    fileprivate func item(_ projection: ItemProjection?) throws -> Item {
        try bytes.withUnsafeBytes { try StoredItem($0).item(projection) }
    }
}

extension Item {
    fileprivate var nilIfEmpty: Item? { isEmpty ? nil : self }
}

extension ItemWrite.Outcome {
    /// What the write consumed, in the detail asked for.
    func consumedCapacity(_ detail: ReturnConsumedCapacity?) -> ConsumedCapacity? {
        ConsumedCapacity(
            detail, of: table, units: writeUnits(max(effect.oldSize ?? 0, effect.newSize)),
            indexUnits: Array(zip(table.indexes, effect.indexUnits)).map { (index: $0, units: $1) })
    }
}

extension ItemWrite {
    /// Reads the parameters of a PutItem or DeleteItem.
    init(_ input: some ItemWriteRequest) throws(DynamoDBError) {
        guard input.returnValues == nil || input.returnValues == ReturnValues.none || input.returnValues == .allOld
        else {
            throw .validation("ReturnValues can only be ALL_OLD or NONE")
        }
        try refuseMixing(
            ["Expected": input.expected, "ConditionalOperator": input.conditionalOperator],
            with: ["ConditionExpression": input.conditionExpression])
        let parameters = try input.parameters
        try self.init(input, parameters)
        try parameters.requireAllUsed()
    }

    /// Reads the parameters that an UpdateItem has in common with them.
    init(_ input: some ItemWriteRequest, _ parameters: ExpressionParameters) throws(DynamoDBError) {
        let legacyCondition = try ConditionNode.legacy(input.expected, input.conditionalOperator)
        let condition = try input.condition(parameters)
        self.condition = condition ?? legacyCondition
        tableName = input.tableName
        returnValues = input.returnValues ?? ReturnValues.none
        returnsOldOnFailure = input.returnValuesOnConditionCheckFailure == .allOld
    }
}
