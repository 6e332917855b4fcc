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
}
