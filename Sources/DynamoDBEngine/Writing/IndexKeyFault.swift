internal import DynamoDB

extension Index {
    /// Refuses an item that the index cannot hold because a given key attribute is of the wrong type, empty or too long, or
    /// a given vector is none of the index's. AWS refuses the whole write then, instead of leaving the item out of the index.
    ///
    /// - Parameters:
    ///   - item: about to be put; its key attributes at least.
    ///   - isGiven: whether the request gives the attribute. What it leaves as it is may be older than the index and
    ///     break its rules: such an item stays out of the index.
    /// - Throws: `ValidationException`.
    func refuseFaultyKey(
        in item: Item, from origin: ItemOrigin, isGiven: (String) -> Bool
    ) throws(DynamoDBError) {
        try refuseMisfit(in: item, isGiven)
        for (position, attribute) in key.all.enumerated() where isGiven(attribute.name) {
            guard let value = item[attribute.name] else { continue }
            let isPartition = position < key.partition.count
            do throws(IndexKeyFault) {
                try attribute.check(value, limit: isPartition ? Limits.partitionKeySize : Limits.sortKeySize)
            } catch {
                throw .validation(origin == .update ? error.inUpdate : error.inPut(index: name))
            }
        }
    }

    private func refuseMisfit(in item: Item, _ isGiven: (String) -> Bool) throws(DynamoDBError) {
        guard let vector, isGiven(vector.attribute), let value = item[vector.attribute] else { return }
        do throws(VectorSpace.Misfit) {
            try vector.check(value)
        } catch {
            throw error.told(of: vector.attribute, vector.dimensions, index: name)
        }
    }
}

extension KeyAttribute {
    fileprivate func check(_ value: AttributeValue, limit: Int) throws(IndexKeyFault) {
        guard type.matches(value) else { throw .type(self, actual: value.type) }
        if let kind = value.emptyKind { throw .empty(self, kind: kind) }
        guard value.keySize <= limit else { throw .size(self, limit: limit) }
    }
}

extension Table {
    /// Refuses an empty string or binary as a key attribute of an index.
    ///
    /// - Parameter given: attributes of an item about to be written.
    func refuseEmptyIndexKey(in given: Item, from origin: ItemOrigin) throws(DynamoDBError) {
        for index in indexes {
            for attribute in index.key.all {
                guard let value = given[attribute.name], attribute.type.matches(value), let kind = value.emptyKind
                else { continue }
                let fault = IndexKeyFault.empty(attribute, kind: kind)
                throw .validation(origin == .update ? fault.inUpdate : fault.inPut(index: index.name))
            }
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
