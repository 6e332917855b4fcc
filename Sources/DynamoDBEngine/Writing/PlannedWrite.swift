internal import DynamoDB

/// What is to be done to one item: all that can be known of it before the item's lock is taken.
///
/// Every write is planned so, whoever asks for it: a request for one item, a batch, a transaction, a statement, a restore,
/// or the item's expiry.
struct PlannedWrite: Sendable {
    enum Change: Sendable {
        case put(NewItem)
        case delete
        /// As `delete`, because the item has expired.
        case expire
        /// An update of the item that has the primary key.
        case update(ItemUpdate, key: Item)
        /// Only the condition is decided.
        case none
    }

    let table: Table
    /// The item's storage key.
    let key: [UInt8]
    let change: Change
    /// nil for a write that is made whatever the item is.
    private(set) var condition: ConditionNode?

    init(_ change: Change, at storageKey: [UInt8], in table: Table) {
        self.change = change
        self.table = table
        key = storageKey
    }

    /// A put of the item, replacing one of the same key.
    init(
        putting item: Item, encoded: EncodedItem, in table: Table, from origin: ItemOrigin = .put
    ) throws(DynamoDBError) {
        let key = try table.storageKey(ofItem: item, from: origin)
        self.init(.put(try NewItem(item, encoded, at: key, in: table, from: origin)), at: key, in: table)
    }

    /// A delete of the item with that primary key.
    init(deleting key: Item, in table: Table) throws(DynamoDBError) {
        self.init(.delete, at: try table.storageKey(ofKey: key), in: table)
    }

    /// An update of the item with that primary key, which it must leave as it is.
    init(updating key: Item, by update: ItemUpdate, in table: Table) throws(DynamoDBError) {
        let storageKey = try table.storageKey(ofKey: key)
        if let attribute = table.key.all.first(where: { update.attributes[$0.name] != nil }) {
            throw .validation(
                "One or more parameter values were invalid: Cannot update attribute \(attribute.name). "
                    + "This attribute is part of the key")
        }
        self.init(.update(update, key: key), at: storageKey, in: table)
    }

    /// No write, only a look at the item with that primary key.
    init(checking key: Item, in table: Table) throws(DynamoDBError) {
        self.init(.none, at: try table.storageKey(ofKey: key), in: table)
    }

    /// The same write on a condition.
    func when(_ condition: ConditionNode?) -> PlannedWrite {
        var write = self
        write.condition = condition
        return write
    }

    /// Does what a request asks for: decides the condition, stages the change, and charges for it as AWS does, also for a
    /// change that leaves the item as it is, and for a condition that is not met. To be called under the item's lock.
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
        let effect = try stageChange(replacing: old, in: unit)
        unit.charge(effect, to: table)
        return effect
    }

    /// Stages the change alone, which is all of a write that no request asks for.
    ///
    /// - Parameter old: the item as it is.
    @discardableResult
    func stageChange(replacing old: borrowing StoredValue, in unit: WriteUnit) throws -> WriteEffect {
        switch change {
        case .put(let new): try store(new, replacing: old, isSame: try new.hasSameValue(as: old.item), in: unit)
        case .delete, .expire: try store(nil, replacing: old, isSame: false, in: unit)
        case .update(let update, let key): try apply(update, of: key, replacing: old, in: unit)
        case .none: .nothing(on: old.item?.size, in: table)
        }
    }

    /// Puts what the update changes into the unit: nothing if it leaves the item as it is.
    private func apply(
        _ update: ItemUpdate, of primaryKey: Item, replacing old: borrowing StoredValue, in unit: WriteUnit
    ) throws -> WriteEffect {
        guard let stored = old.item else {
            guard let item = try update.apply(to: nil, key: primaryKey) else { return .nothing(on: nil, in: table) }
            let encoded = try EncodedItem(item, from: update.origin)
            let new = try NewItem(item, encoded, at: key, in: table, from: update.origin)
            var effect = try store(new, replacing: old, isSame: false, in: unit)
            effect.updated = encoded
            return effect
        }
        let part = try stored.part(update.names)
        let changed = try update.apply(to: part.item)
        let encoded = try EncodedItem(stored, with: changed, for: part, from: update.origin)
        let new = try NewItem(encoded, at: key, in: table)
        for (index, entry) in zip(table.indexes, new.entries) where entry == nil {
            try index.refuseFaultyKey(in: changed, from: update.origin) { update.attributes[$0] != nil }
        }
        var effect = WriteEffect.nothing(on: encoded.size, in: table)
        if changed != part.item {
            effect = try store(new, replacing: old, isSame: false, in: unit) { index in
                index.key.all.contains { update.attributes[$0.name] != nil }
            }
        }
        effect.updated = encoded
        return effect
    }
}
