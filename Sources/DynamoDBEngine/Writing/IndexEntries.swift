internal import DynamoDB

/// The keys under which an index keeps items.
extension Index {
    /// The storage key of an item's entry; nil if the item lacks a key attribute, which keeps it out of the index.
    ///
    /// - Parameter value: the item's attribute of that name.
    func entryKey(_ value: (String) throws -> AttributeValue?) rethrows -> [UInt8]? {
        var values: [AttributeValue] = []
        values.reserveCapacity(4)
        for attribute in key.partition {
            guard let found = try value(attribute.name) else { return nil }
            values.append(found)
        }
        let partitionCount = values.count
        for attribute in key.sort {
            guard let found = try value(attribute.name) else { return nil }
            values.append(found)
        }
        for attribute in suffix {
            guard let found = try value(attribute.name) else { return nil }
            values.append(found)
        }
        var storageKey = ItemKey(id: id, partition: values[..<partitionCount])
        for value in values[partitionCount...] { storageKey.append(value) }
        return storageKey.bytes
    }

    /// Refuses an item whose index key attributes are of the wrong type, empty or too long.
    ///
    /// AWS refuses the whole write then, instead of leaving the item out of the index.
    func check(_ item: Item) throws(DynamoDBError) {
        try check(key.partition, of: item, limit: Limits.partitionKeySize)
        try check(key.sort, of: item, limit: Limits.sortKeySize)
    }

    private func check(_ attributes: [KeyAttribute], of item: Item, limit: Int) throws(DynamoDBError) {
        for attribute in attributes {
            guard let value = item[attribute.name] else { continue }
            guard attribute.type.matches(value) else {
                throw .validation(
                    "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) "
                        + "Expected: \(attribute.type.rawValue) Actual: \(value.type.rawValue) IndexName: \(name)")
            }
            if let kind = value.emptyKind {
                throw .validation(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not "
                        + "supported. The AttributeValue for a key attribute cannot contain an empty \(kind) value. "
                        + "IndexName: \(name), IndexKey: \(attribute.name)")
            }
            guard value.keySize <= limit else {
                throw .validation(
                    "One or more parameter values were invalid: Size of index key \(attribute.name) has exceeded the "
                        + "maximum size limit of \(limit) bytes. IndexName: \(name)")
            }
        }
    }
}
