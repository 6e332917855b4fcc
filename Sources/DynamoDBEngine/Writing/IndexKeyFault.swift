internal import DynamoDB

/// How an item came to be what it is. AWS words some refusals differently.
enum ItemOrigin {
    case put
    case batch
    case update
}

extension Index {
    /// Refuses an item whose index key attributes are of the wrong type, empty or too long.
    ///
    /// AWS refuses the whole write then, instead of leaving the item out of the index.
    func check(_ item: Item, from origin: ItemOrigin) throws(DynamoDBError) {
        do throws(IndexKeyFault) {
            try check(key.partition, of: item, limit: Limits.partitionKeySize)
            try check(key.sort, of: item, limit: Limits.sortKeySize)
        } catch {
            throw .validation(origin == .update ? error.inUpdate : error.inPut(index: name))
        }
    }

    private func check(_ attributes: [KeyAttribute], of item: Item, limit: Int) throws(IndexKeyFault) {
        for attribute in attributes {
            guard let value = item[attribute.name] else { continue }
            guard attribute.type.matches(value) else { throw .type(attribute, actual: value.type) }
            if let kind = value.emptyKind { throw .empty(attribute, kind: kind) }
            guard value.keySize <= limit else { throw .size(attribute, limit: limit) }
        }
    }
}

/// Why an attribute cannot be part of an index's key.
private enum IndexKeyFault: Error {
    case type(KeyAttribute, actual: AttributeType)
    case empty(KeyAttribute, kind: String)
    case size(KeyAttribute, limit: Int)

    func inPut(index: String) -> String {
        switch self {
        case .type(let attribute, let actual):
            "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) "
                + "Expected: \(attribute.type.rawValue) Actual: \(actual.rawValue) IndexName: \(index)"
        case .empty(let attribute, let kind):
            "One or more parameter values are not valid. A value specified for a secondary index key is not "
                + "supported. The AttributeValue for a key attribute cannot contain an empty \(kind) value. "
                + "IndexName: \(index), IndexKey: \(attribute.name)"
        case .size(let attribute, let limit):
            "One or more parameter values were invalid: Size of index key \(attribute.name) has exceeded the "
                + "maximum size limit of \(limit) bytes. IndexName: \(index)"
        }
    }

    var inUpdate: String {
        switch self {
        case .type:
            "The update expression attempted to update the secondary index key to unsupported type"
        case .empty(_, let kind):
            "One or more parameter values are not valid. The update expression attempted to update a secondary index "
                + "key to a value that is not supported. The AttributeValue for a key attribute cannot contain an "
                + "empty \(kind) value."
        case .size:
            "The update expression attempted to update the secondary index key beyond allowed size limits"
        }
    }
}
