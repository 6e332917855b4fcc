internal import DynamoDB

/// What one request does to one item: a change, perhaps on a condition. All that can be known before the item's lock
/// is taken.
struct ItemAction: Sendable {
    enum Change: Sendable {
        /// A put or a delete.
        case write(PreparedWrite)
        case update(PreparedUpdate)
        /// Only the condition is decided.
        case none(Table, key: [UInt8])
    }

    let table: Table
    /// The item's storage key.
    let key: [UInt8]
    let condition: ConditionNode?
    let change: Change

    init(_ change: Change, if condition: ConditionNode? = nil) {
        (table, key) =
            switch change {
            case .write(let write): (write.table, write.key)
            case .update(let update): (update.table, update.storageKey)
            case .none(let table, let key): (table, key)
            }
        self.condition = condition
        self.change = change
    }

    /// Decides the condition, stages the change, and charges for it as AWS does: also for a change that leaves the item
    /// as it is, and for a condition that is not met. To be called under the item's lock.
    ///
    /// - Parameter old: the item as it is.
    /// - Returns: nil if the condition is not met.
    /// - Throws: ``TableRetired`` if the table was replaced; `ValidationException` if the change cannot be applied;
    ///   `ProvisionedThroughputExceededException` or `ThrottlingException`.
    func stage(replacing old: borrowing StoredValue, in unit: WriteUnit) throws -> WriteEffect? {
        guard !table.isRetired else { throw TableRetired() }
        try unit.throttle?.admitWrite(to: table)
        if let condition, try !ConditionEvaluator(item: old.item).meets(condition) {
            unit.charge(.nothing(on: old.item?.size, in: table), to: table)
            return nil
        }
        let effect =
            switch change {
            case .write(let write): try write.stage(replacing: old, in: unit)
            case .update(let update): try update.stage(replacing: old, in: unit)
            case .none: WriteEffect.nothing(on: old.item?.size, in: table)
            }
        unit.charge(effect, to: table)
        return effect
    }
}
