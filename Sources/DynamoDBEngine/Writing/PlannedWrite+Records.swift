internal import DynamoDB

/// What a write leaves beside the item: in its table's history, in its stream, in its order of expiry.
extension PlannedWrite {
    /// Records what the item was before this commit, if the table can be restored to points in time.
    ///
    /// - Parameter old: the item as it is.
    func stageHistory(replacing old: StoredItem?, in unit: WriteUnit) {
        guard table.keepsHistory else { return }
        let record = HistoryRecord.key(of: unit.takeNumber(), on: key, in: table.id)
        unit.batch.put(record, old.map { Array($0.bytes) } ?? [], in: .history)
    }

    /// Keeps the item's entry in the order of expiry, if its table has one.
    ///
    /// - Parameters:
    ///   - new: the item as it is going to be.
    ///   - old: the item as it is.
    func stageExpiry(of new: NewItem?, replacing old: StoredItem?, in unit: WriteUnit) throws {
        guard let attribute = table.record.timeToLiveAttribute else { return }
        let oldSecond = try old?.value(named: attribute)?.expirySecond
        let newSecond = new?.expiry
        guard oldSecond != newSecond else { return }
        if let oldSecond { unit.batch.delete(ExpiryEntry(second: oldSecond, itemKey: key).key, in: .expiry) }
        if let newSecond { unit.batch.put(ExpiryEntry(second: newSecond, itemKey: key).key, [], in: .expiry) }
    }

    /// Adds the change to the table's stream, if it has one.
    ///
    /// - Parameters:
    ///   - new: the item as it is going to be: another than it is.
    ///   - old: the item as it is.
    func stageRecord(of new: NewItem?, replacing old: StoredItem?, in unit: WriteUnit) throws {
        guard let stream = table.openStream else { return }
        guard let new else {
            let isExpiry = if case .expire = change { true } else { false }
            if let old { try append(StoredChange(.remove, isExpiry: isExpiry, old: old), of: stream.view, in: unit) }
            return
        }
        try new.value.withUnsafeBytes { bytes in
            let new = try StoredItem(bytes)
            try append(StoredChange(old == nil ? .insert : .modify, old: old, new: new), of: stream.view, in: unit)
        }
    }

    private func append(_ change: StoredChange, of view: StreamViewType, in unit: WriteUnit) throws {
        let shard = StreamShard(of: key, in: table.id)
        var kept = change
        if view == .keysOnly || view == .newImage { kept.old = nil }
        if view == .keysOnly || view == .oldImage { kept.new = nil }
        guard kept.old == nil, kept.new == nil, let item = change.new ?? change.old else {
            return unit.append(kept, to: shard)
        }
        let names = table.key.all.map(\.name)
        let encoded = try StoredItemEncoder.encode(try item.item(ItemProjection(attributes: names)), only: names)
        try encoded.bytes.withUnsafeBytes { bytes in
            kept.key = try StoredItem(bytes)
            unit.append(kept, to: shard)
        }
    }
}

extension WriteUnit {
    /// Adds a record to a shard, in the order of the calls. To be called under the lock of the record's item.
    fileprivate func append(_ change: StoredChange, to shard: StreamShard) {
        let number = SequenceNumber(commit: takeNumber(), place: takePlace())
        // One buffer for all records of the commit: they are on the path of every write.
        recordKey.removeAll(keepingCapacity: true)
        shard.appendKey(number, to: &recordKey)
        record.removeAll(keepingCapacity: true)
        change.append(to: &record)
        batch.put(recordKey, record, in: .streams)
    }
}
