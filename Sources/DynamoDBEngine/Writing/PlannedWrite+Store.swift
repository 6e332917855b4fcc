internal import DynamoDB

extension PlannedWrite {
    /// Puts the changes of the item and of its index entries into the unit.
    ///
    /// - Parameters:
    ///   - new: the item as it is going to be; nil for none.
    ///   - old: the item as it is, read under the locks.
    func store(_ new: NewItem?, replacing old: borrowing StoredValue, in unit: WriteUnit) throws -> WriteEffect {
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
        try stageRecord(of: new, replacing: old.item, in: unit)
        try stageExpiry(of: new, replacing: old.item, in: unit)
        var change = TallyChange()
        if let oldSize = effect.oldSize { change.remove(bytes: oldSize) }
        if let new { change.insert(bytes: new.size) }
        unit.count(change, in: table.tally)
        for (position, index) in table.indexes.enumerated() {
            effect.indexUnits[position] = try store(new?.entries[position], in: index, replacing: old.item, unit)
        }
        return effect
    }

    /// - Returns: the write units that the index consumes.
    private func store(
        _ entry: NewItem.Entry?, in index: Index, replacing old: StoredItem?, _ unit: WriteUnit
    ) throws -> Double {
        var change = TallyChange()
        var units = 0.0
        if let old, let oldKey = try index.entryKey({ try old.value(named: $0) }),
            try !index.isBackfilling || unit.contains(oldKey, in: .indexes)
        {
            let oldContent = try index.projectedContent(of: old)
            let oldSize = oldContent?.size ?? old.size
            if let entry, entry.key == oldKey {
                // What the index holds stays as it is: it writes nothing, and charges nothing.
                if try entry.holds(oldContent, or: old) { return 0 }
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

extension NewItem.Entry {
    /// Whether the entry holds the same as another, which has the contents or, without any, the item itself.
    fileprivate func holds(_ contents: EncodedItem?, or item: StoredItem) throws -> Bool {
        try value.withUnsafeBytes { value in
            let value = try StoredItem(value)
            guard let contents else { return try value.hasSameValue(as: item) }
            return try contents.bytes.withUnsafeBytes { try value.hasSameValue(as: StoredItem($0)) }
        }
    }
}
