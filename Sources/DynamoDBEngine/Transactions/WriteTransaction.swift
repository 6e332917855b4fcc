internal import DynamoDB

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
        core.throttle?.takeRead(readUnits(size ?? 0, consistent: true) * transactionCapacityFactor, from: table)
        return .nothing(on: size, in: table)
    }
}
