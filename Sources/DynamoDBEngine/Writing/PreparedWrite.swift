internal import DynamoDB

/// A put or delete of one item, checked and encoded: all that can be done before its locks are taken.
struct PreparedWrite: Sendable {
    /// What an index is going to hold of the item.
    struct Entry: Sendable {
        let key: [UInt8]
        let value: [UInt8]
        let size: Int
    }

    let table: Table
    let key: [UInt8]
    /// The new item in its stored form; nil for a delete.
    let value: [UInt8]?
    /// Bytes of the new item by AWS's accounting; 0 for a delete.
    let size: Int
    /// For each index of the table: the new entry, or nil for none.
    let entries: [Entry?]
    /// The second at which the new item expires, in a table with expiry; nil if it does not.
    let expiry: UInt64?
    /// Whether the item is deleted because it has expired.
    var isExpiry = false

    /// A put of the item, replacing one of the same key.
    ///
    /// - Parameter isGiven: whether the request gives the attribute, and does not leave it as it is.
    init(
        putting item: Item, encoded: EncodedItem, in table: Table, from origin: ItemOrigin = .put,
        isGiven: (String) -> Bool = { _ in true }
    ) throws(DynamoDBError) {
        key = try table.storageKey(ofItem: item, from: origin)
        var entries: [Entry?] = []
        entries.reserveCapacity(table.indexes.count)
        for index in table.indexes {
            guard let entryKey = try index.entryKey(of: item, storedAt: key, from: origin, isGiven: isGiven) else {
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
        self.table = table
        expiry = table.record.timeToLiveAttribute.flatMap { item[$0]?.expirySecond }
        value = encoded.bytes
        size = encoded.size
    }

    /// A delete of the item with that primary key.
    init(deleting key: Item, in table: Table) throws(DynamoDBError) {
        self.init(deletingStored: try table.storageKey(ofKey: key), in: table)
    }

    /// A delete of the item with that storage key.
    init(deletingStored key: [UInt8], in table: Table) {
        self.key = key
        self.table = table
        value = nil
        expiry = nil
        size = 0
        entries = Array(repeating: nil, count: table.indexes.count)
    }
}
