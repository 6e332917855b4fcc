internal import DynamoDB

/// A request that writes one item: PutItem and DeleteItem.
struct ItemWrite: Sendable {
    let tableName: String
    let condition: ConditionNode?
    let returnsOld: Bool
    let returnsOldOnFailure: Bool

    struct Outcome: Sendable {
        let table: Table
        let effect: WriteEffect
        /// The item as it was, if asked for.
        let old: Item?
    }

    private enum Decision: Sendable {
        case written(WriteEffect, old: Item?)
        case refused(old: Item?)
    }

    /// - Throws: `ConditionalCheckFailedException`.
    func run(
        _ core: EngineCore, _ prepare: (Table) throws(DynamoDBError) -> PreparedWrite
    ) async throws -> Outcome {
        try await core.withTable(named: tableName) { table in
            let action = ItemAction(try prepare(table), if: condition)
            let database = core.database
            let decision = try await core.commits.commit(keys: [action.key]) { unit in
                try decide(action, database, unit)
            }
            switch decision {
            case .written(let effect, let old):
                return Outcome(table: table, effect: effect, old: old)
            case .refused(let old):
                throw DynamoDBError(
                    code: .conditionalCheckFailedException, message: "The conditional request failed", item: old)
            }
        }
    }

    private func decide(_ action: ItemAction, _ database: RocksDatabase, _ unit: WriteUnit) throws -> Decision {
        let old = try StoredValue(database, key: action.key)
        guard let effect = try action.stage(replacing: old, in: unit) else {
            return .refused(old: returnsOldOnFailure ? try old.item?.item() : nil)
        }
        return .written(effect, old: returnsOld ? try old.item?.item() : nil)
    }
}

extension ItemWrite.Outcome {
    /// What the write consumed, in the detail asked for.
    func consumedCapacity(_ detail: ReturnConsumedCapacity?) -> ConsumedCapacity? {
        ConsumedCapacity(
            detail, of: table, units: writeUnits(max(effect.oldSize ?? 0, effect.newSize)),
            indexUnits: Array(zip(table.indexes, effect.indexUnits)).map { (index: $0, units: $1) })
    }
}
