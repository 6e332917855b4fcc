internal import DynamoDB

/// What a Query asks of the key of its source.
struct KeyCondition: Equatable {
    /// A bound on the first sort key attribute that has no equality.
    enum SortBound: Equatable {
        case less(AttributeValue)
        case lessOrEqual(AttributeValue)
        case greater(AttributeValue)
        case greaterOrEqual(AttributeValue)
        case between(AttributeValue, AttributeValue)
        case beginsWith(AttributeValue)
    }

    /// The partition key's values, in the order of the schema.
    let partition: [AttributeValue]
    /// Values of leading sort key attributes.
    let sortEqualities: [AttributeValue]
    let sortBound: SortBound?

    /// The keys that meet the condition.
    func range(of id: UInt32) -> KeyRange {
        var prefix = ItemKey(id: id, partition: partition)
        for value in sortEqualities { prefix.append(value) }
        let all = KeyRange(prefix: prefix.bytes)
        guard let sortBound else { return all }
        func key(_ value: AttributeValue) -> [UInt8] {
            var bytes = prefix.bytes
            bytes.append(keyComponent: value)
            return bytes
        }
        switch sortBound {
        case .less(let value): return KeyRange(from: all.lower, to: key(value))
        case .lessOrEqual(let value): return KeyRange(from: all.lower, to: key(value).successorOfPrefix)
        case .greater(let value): return KeyRange(from: key(value).successorOfPrefix, to: all.upper)
        case .greaterOrEqual(let value): return KeyRange(from: key(value), to: all.upper)
        case .between(let low, let high): return KeyRange(from: key(low), to: key(high).successorOfPrefix)
        case .beginsWith(let value):
            var bytes = prefix.bytes
            bytes.append(keyComponentPrefix: value)
            return KeyRange(prefix: bytes)
        }
    }

    /// The keys of the whole partition.
    func partitionRange(of id: UInt32) -> KeyRange {
        KeyRange(prefix: ItemKey(id: id, partition: partition).bytes)
    }
}
