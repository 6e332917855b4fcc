internal import DynamoDB

/// An item that is going to be stored: encoded, with what the indexes are going to hold of it.
struct NewItem: Sendable {
    /// What an index is going to hold of the item.
    struct Entry: Sendable {
        let key: [UInt8]
        let value: [UInt8]
        let size: Int
    }

    /// The stored form.
    let value: [UInt8]
    /// Bytes by AWS's accounting.
    let size: Int
    /// For each index of the table: the new entry, or nil for none.
    let entries: [Entry?]
    /// The second at which the item expires, in a table with expiry; nil if it does not.
    let expiry: UInt64?

    /// - Parameters:
    ///   - storageKey: the item's.
    ///   - isGiven: whether the request gives the attribute, and does not leave it as it is.
    init(
        _ item: Item, _ encoded: EncodedItem, at storageKey: [UInt8], in table: Table, from origin: ItemOrigin,
        isGiven: (String) -> Bool = { _ in true }
    ) throws(DynamoDBError) {
        var entries: [Entry?] = []
        entries.reserveCapacity(table.indexes.count)
        for index in table.indexes {
            guard let entryKey = try index.entryKey(of: item, storedAt: storageKey, from: origin, isGiven: isGiven)
            else {
                entries.append(nil)
                continue
            }
            let projected = try index.projectedNames.map { names throws(DynamoDBError) in
                try StoredItemEncoder.encode(item, only: names)
            }
            let content = projected ?? encoded
            entries.append(Entry(key: entryKey, value: content.bytes, size: content.size))
        }
        self.entries = entries
        expiry = table.record.timeToLiveAttribute.flatMap { item[$0]?.expirySecond }
        value = encoded.bytes
        size = encoded.size
    }

    /// An item that was stored before, for a restored table, which has no expiry, as on AWS. One that breaks an index's
    /// rules, which it may if it is older than the index, stays out of it.
    init(restoring stored: StoredItem, _ item: Item, in table: Table) throws {
        entries = try table.indexes.map { index -> Entry? in
            guard let key = index.entryKey({ item[$0] }) else { return nil }
            let content = try index.projectedContent(of: stored)
            return Entry(key: key, value: content?.bytes ?? Array(stored.bytes), size: content?.size ?? stored.size)
        }
        value = Array(stored.bytes)
        size = stored.size
        expiry = nil
    }
}
