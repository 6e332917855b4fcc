internal import DynamoDB

/// The keys under which an index keeps items.
extension Index {
    /// The storage key of an item's entry; nil if the item lacks a key attribute, which keeps it out of the index.
    ///
    /// An item from before the index may also have a key attribute or a vector that breaks the index's rules. It stays
    /// out too.
    ///
    /// - Parameters:
    ///   - itemKey: the item's own storage key, where it is known.
    ///   - value: the item's attribute of that name.
    func entryKey(
        storedAt itemKey: [UInt8]? = nil, _ value: (String) throws -> AttributeValue?
    ) rethrows -> [UInt8]? {
        if let vector {
            guard let found = try value(vector.attribute), (try? vector.check(found)) != nil else { return nil }
        }
        var values: [AttributeValue] = []
        values.reserveCapacity(4)
        for attribute in key.partition {
            guard let found = try value(attribute.name),
                attribute.accepts(found, limit: Limits.partitionKeySize)
            else { return nil }
            values.append(found)
        }
        let partitionCount = values.count
        for attribute in key.sort {
            guard let found = try value(attribute.name), attribute.accepts(found, limit: Limits.sortKeySize) else {
                return nil
            }
            values.append(found)
        }
        var storageKey = ItemKey(id: id, partition: values[..<partitionCount])
        for value in values[partitionCount...] { storageKey.append(value) }
        if hasWholeTableKey, let itemKey {
            storageKey.append(attributesOf: itemKey)
        } else {
            for attribute in suffix {
                guard let found = try value(attribute.name) else { return nil }
                storageKey.append(found)
            }
        }
        return storageKey.bytes
    }

    /// What the index holds of an item, keys and all; nil for the item's own bytes.
    func projectedContent(of item: StoredItem) throws -> EncodedItem? {
        if vector != nil { return try content(of: try item.item()) }
        return try projectedNames.map { names in
            try StoredItemEncoder.encode(try item.item(ItemProjection(attributes: names)), only: names)
        }
    }

    /// What the index holds of an item that belongs into it; nil for the item's own bytes.
    func content(of item: Item) throws(DynamoDBError) -> EncodedItem? {
        guard let vector else {
            return try projectedNames.map { names throws(DynamoDBError) in
                try StoredItemEncoder.encode(item, only: names)
            }
        }
        var item = item
        item[vector.attribute] = item[vector.attribute].map(VectorSpace.packed)
        guard let projectedNames else { return try StoredItemEncoder.encode(item) }
        return try StoredItemEncoder.encode(item, only: projectedNames)
    }
}

extension KeyAttribute {
    /// Whether an index can be keyed by the value.
    fileprivate func accepts(_ value: AttributeValue, limit: Int) -> Bool {
        type.matches(value) && value.emptyKind == nil && value.keySize <= limit
    }
}
