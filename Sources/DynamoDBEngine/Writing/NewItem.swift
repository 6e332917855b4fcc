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

    /// An item that a request gives.
    ///
    /// - Parameter storageKey: the item's.
    /// - Throws: `ValidationException` for a key attribute of an index that breaks its rules.
    init(
        _ item: Item, _ encoded: EncodedItem, at storageKey: [UInt8], in table: Table, from origin: ItemOrigin
    ) throws(DynamoDBError) {
        var entries: [Entry?] = []
        entries.reserveCapacity(table.indexes.count)
        for index in table.indexes {
            guard let entryKey = index.entryKey(storedAt: storageKey, { item[$0] }) else {
                try index.refuseFaultyKey(in: item, from: origin) { _ in true }
                entries.append(nil)
                continue
            }
            let content = try index.content(of: item) ?? encoded
            entries.append(Entry(key: entryKey, value: content.bytes, size: content.size))
        }
        self.entries = entries
        expiry = table.record.timeToLiveAttribute.flatMap { item[$0]?.expirySecond }
        value = encoded.bytes
        size = encoded.size
    }

    /// An item in its stored form, of which an index does not hold what breaks its rules: an item may be older than the
    /// index.
    ///
    /// - Parameter storageKey: the item's.
    init(_ encoded: EncodedItem, at storageKey: [UInt8], in table: Table) throws {
        value = encoded.bytes
        size = encoded.size
        (entries, expiry) = try encoded.bytes.withUnsafeBytes { bytes in
            let stored = try StoredItem(bytes)
            let entries = try table.indexes.map { index -> Entry? in
                guard let key = try index.entryKey(storedAt: storageKey, { try stored.value(named: $0) }) else {
                    return nil
                }
                let content = try index.projectedContent(of: stored) ?? encoded
                return Entry(key: key, value: content.bytes, size: content.size)
            }
            let expiry = try table.record.timeToLiveAttribute.flatMap { try stored.value(named: $0)?.expirySecond }
            return (entries, expiry)
        }
    }
}
