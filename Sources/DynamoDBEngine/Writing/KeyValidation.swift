internal import DynamoDB

/// Checks of key attributes, in AWS's words, and the storage keys made of them.
extension Table {
    /// The storage key of an item about to be put.
    func storageKey(ofItem item: Item, from origin: ItemOrigin) throws(DynamoDBError) -> [UInt8] {
        for attribute in key.all {
            let value = item[attribute.name]
            if origin == .batch, value.map(attribute.type.matches) != true { throw Table.schemaMismatch }
            guard let value else {
                throw .validation(
                    "One or more parameter values were invalid: Missing the key \(attribute.name) in the item")
            }
            guard attribute.type.matches(value) else {
                throw .validation(
                    "One or more parameter values were invalid: Type mismatch for key \(attribute.name) "
                        + "expected: \(attribute.type.rawValue) actual: \(value.type.rawValue)")
            }
        }
        return try storageKey(ofChecked: item)
    }

    /// The storage key for a primary key given in a request: exactly the key attributes, each of its type.
    func storageKey(ofKey given: Item) throws(DynamoDBError) -> [UInt8] {
        guard given.count == key.all.count else { throw Table.schemaMismatch }
        for attribute in key.all {
            guard let value = given[attribute.name], attribute.type.matches(value) else { throw Table.schemaMismatch }
        }
        return try storageKey(ofChecked: given)
    }

    static let schemaMismatch = DynamoDBError.validation("The provided key element does not match the schema")

    /// Refuses an empty string or binary as a key attribute.
    func refuseEmptyKey(in item: Item) throws(DynamoDBError) {
        for attribute in key.all {
            guard let kind = item[attribute.name]?.emptyKind else { continue }
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + "empty \(kind) value. Key: \(attribute.name)")
        }
    }

    private func storageKey(ofChecked item: Item) throws(DynamoDBError) -> [UInt8] {
        try refuseEmptyKey(in: item)
        var partition: [AttributeValue] = []
        for attribute in key.partition {
            guard let value = item[attribute.name] else { throw Table.schemaMismatch }
            guard value.keySize <= Limits.partitionKeySize else {
                throw .validation(
                    "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit "
                        + "of\(Limits.partitionKeySize) bytes")
            }
            partition.append(value)
        }
        var storageKey = ItemKey(id: id, partition: partition)
        for attribute in key.sort {
            guard let value = item[attribute.name] else { throw Table.schemaMismatch }
            guard value.keySize <= Limits.sortKeySize else {
                throw .validation(
                    "One or more parameter values were invalid: Aggregated size of all range keys has exceeded "
                        + "the size limit of \(Limits.sortKeySize) bytes")
            }
            storageKey.append(value)
        }
        return storageKey.bytes
    }
}

extension AttributeValue {
    /// "string" or "binary" for an empty one.
    var emptyKind: String? {
        switch self {
        case .string(let string): string.isEmpty ? "string" : nil
        case .binary(let bytes): bytes.isEmpty ? "binary" : nil
        default: nil
        }
    }

    /// Bytes that count against the limits of keys.
    var keySize: Int {
        switch self {
        case .string(let string): string.utf8.count
        case .binary(let bytes): bytes.count
        case .number(let number): number.sizeInBytes
        default: 0
        }
    }
}
