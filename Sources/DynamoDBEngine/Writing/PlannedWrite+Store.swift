internal import DynamoDB

extension PlannedWrite {
    /// Puts the changes of the item and of its index entries into the unit.
    ///
    /// - Parameters:
    ///   - new: the item as it is going to be; nil for none.
    ///   - old: the item as it is, read under the locks.
    ///   - isSame: whether both have the same value.
    ///   - moves: whether the write can give an index another key for the item.
    func store(
        _ new: NewItem?, replacing old: borrowing StoredValue, isSame: Bool, in unit: WriteUnit,
        moves: (Index) -> Bool = { _ in true }
    ) throws -> WriteEffect {
        if let new { try unit.throttle?.admitEntries(of: new, in: table) }
        var effect = WriteEffect(
            oldSize: old.item?.size, newSize: new?.size ?? 0,
            indexUnits: Array(repeating: 0, count: table.indexes.count))
        if let new {
            unit.batch.put(key, new.value, in: .items)
        } else if old.item != nil {
            unit.batch.delete(key, in: .items)
        } else {
            return effect
        }
        stageHistory(replacing: old.item, in: unit)
        if !isSame { try stageRecord(of: new, replacing: old.item, in: unit) }
        try stageExpiry(of: new, replacing: old.item, in: unit)
        var change = TallyChange()
        if let oldSize = effect.oldSize { change.remove(bytes: oldSize) }
        if let new { change.insert(bytes: new.size) }
        unit.count(change, in: table.tally)
        for (position, index) in table.indexes.enumerated() {
            let entry = new?.entries[position]
            let oldKey =
                moves(index)
                ? try old.item.flatMap { old in try index.entryKey(storedAt: key) { try old.value(named: $0) } }
                : entry?.key
            effect.indexUnits[position] = try store(
                entry, in: index, replacing: old.item, at: oldKey, isSame: isSame, unit)
        }
        return effect
    }

    /// - Parameter oldKey: of the old item's entry; nil if it can have none.
    /// - Returns: the write units that the index consumes.
    private func store(
        _ entry: NewItem.Entry?, in index: Index, replacing old: StoredItem?, at oldKey: [UInt8]?, isSame: Bool,
        _ unit: WriteUnit
    ) throws -> Double {
        var change = TallyChange()
        var units = 0.0
        if let old, let oldKey, try !index.isBackfilling || unit.contains(oldKey, in: .indexes) {
            let oldContent = try index.projectedContent(of: old)
            let oldSize = oldContent?.size ?? old.size
            if let entry, entry.key == oldKey {
                // What the index holds stays as it is: it writes nothing, and charges nothing.
                if try isSame || entry.holds(oldContent) { return 0 }
                units -= writeUnits(min(oldSize, entry.size))
            } else {
                unit.batch.delete(oldKey, in: .indexes)
            }
            units += writeUnits(oldSize)
            change.remove(bytes: oldSize)
        }
        if let entry {
            unit.batch.put(entry.key, entry.value, in: .indexes)
            units += writeUnits(entry.size)
            change.insert(bytes: entry.size)
        }
        unit.count(change, in: index.tally)
        return units
    }
}

extension Throttle {
    /// Refuses a write that puts an entry into a global index that has no write capacity left.
    ///
    /// - Throws: as ``admitWrite(to:)``.
    fileprivate func admitEntries(of item: NewItem, in table: Table) throws(DynamoDBError) {
        for (index, entry) in zip(table.indexes, item.entries) where index.kind == .global && entry != nil {
            guard isOpen(index.id, index.limits, for: .write) else {
                throw Throttle.refusal(of: table, index, index.limits)
            }
        }
    }
}

extension NewItem {
    /// Whether both are equal; false if there is no other.
    func hasSameValue(as other: StoredItem?) throws -> Bool {
        guard let other else { return false }
        return try value.withUnsafeBytes { try StoredItem($0).hasSameValue(as: other) }
    }
}

extension NewItem.Entry {
    /// Whether the entry holds the same contents; false if there are none, for an entry that holds all of its item.
    fileprivate func holds(_ contents: EncodedItem?) throws -> Bool {
        guard let contents else { return false }
        return try value.withUnsafeBytes { value in
            try contents.bytes.withUnsafeBytes { try StoredItem(value).hasSameValue(as: StoredItem($0)) }
        }
    }
}
