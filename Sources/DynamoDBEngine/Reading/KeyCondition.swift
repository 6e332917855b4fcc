import DynamoDB

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

/// From a parsed KeyConditionExpression to a ``KeyCondition`` on a key schema.
extension KeyCondition {
    /// - Throws: `ValidationException` if the condition is not one that a key can answer.
    init(_ node: ConditionNode, on key: KeyLayout) throws(DynamoDBError) {
        var terms = KeyTerms()
        try terms.add(node)
        guard terms.byName.count <= key.all.count else {
            throw .validation(
                "The number of query conditions (\(terms.byName.count)) exceeds the number of key attributes defined in "
                    + "the schema (\(key.all.count))")
        }

        var partition: [AttributeValue] = []
        for attribute in key.partition {
            guard let term = terms.take(attribute.name) else {
                throw .validation("Query condition missed key schema element: \(attribute.name)")
            }
            guard case .equal(let value) = term else { throw .validation("Query key condition not supported") }
            try value.check(against: attribute)
            partition.append(value)
        }
        var equalities: [AttributeValue] = []
        var bound: SortBound?
        for attribute in key.sort {
            guard bound == nil, let term = terms.take(attribute.name) else { break }
            switch term {
            case .equal(let value):
                try value.check(against: attribute)
                equalities.append(value)
            case .bound(let sortBound):
                for value in sortBound.values { try value.check(against: attribute) }
                bound = sortBound
            }
        }
        if let other = key.sort.first(where: { terms.byName[$0.name] != nil }) {
            throw .validation(
                "RANGE key attributes \(key.sort[equalities.count].name) must have equality conditions specified in the "
                    + "query because a condition is present on key attribute \(other.name)")
        }
        if let other = terms.byName.keys.first {
            // A condition on something else stands where one on the sort key belongs.
            guard let missed = key.sort.dropFirst(equalities.count).first, bound == nil else {
                throw .validation("Query key condition not supported")
            }
            _ = other
            throw .validation("Query condition missed key schema element: \(missed.name)")
        }
        self.partition = partition
        sortEqualities = equalities
        sortBound = bound
    }
}

/// The conditions of a key condition, by attribute.
private struct KeyTerms {
    enum Term {
        case equal(AttributeValue)
        case bound(KeyCondition.SortBound)
    }

    private(set) var byName: AttributeMap<Term> = [:]

    mutating func take(_ name: String) -> Term? {
        byName.removeValue(forKey: name)
    }

    mutating func add(_ node: ConditionNode) throws(DynamoDBError) {
        switch node {
        case .and(let one, let other):
            try add(one)
            try add(other)
        case .compare(let comparator, .path(let path), .value(let value)):
            try add(path, try term(comparator, value))
        case .compare(let comparator, .value(let value), .path(let path)):
            try add(path, try term(comparator.mirrored, value))
        case .between(.path(let path), .value(let low), .value(let high)):
            try add(path, .bound(.between(low, high)))
        case .beginsWith(.path(let path), .value(let prefix)):
            try add(path, .bound(.beginsWith(prefix)))
        default:
            throw ExpressionKind.keyCondition.unsupported(node)
        }
    }

    private func term(_ comparator: ConditionNode.Comparator, _ value: AttributeValue) throws(DynamoDBError) -> Term {
        switch comparator {
        case .equal: return .equal(value)
        case .less: return .bound(.less(value))
        case .lessOrEqual: return .bound(.lessOrEqual(value))
        case .greater: return .bound(.greater(value))
        case .greaterOrEqual: return .bound(.greaterOrEqual(value))
        case .notEqual: throw .validation("Unsupported operator on KeyCondition: operator: <>")
        }
    }

    private mutating func add(_ path: DocumentPath, _ term: Term) throws(DynamoDBError) {
        guard path.steps.isEmpty else {
            throw .validation("KeyConditionExpressions cannot have conditions on nested attributes")
        }
        guard byName[path.attribute] == nil else {
            throw ExpressionKind.keyCondition.error(
                "KeyConditionExpressions must only contain one condition per key")
        }
        byName[path.attribute] = term
    }
}

extension ExpressionKind {
    fileprivate func unsupported(_ node: ConditionNode) -> DynamoDBError {
        let name: String? =
            switch node {
            case .or: "OR"
            case .not: "NOT"
            case .within: "IN"
            default: node.functionName
            }
        guard let name else { return .validation("Query key condition not supported") }
        return .validation("Invalid operator used in KeyConditionExpression: \(name)")
    }
}

extension ConditionNode.Comparator {
    /// The comparator that says the same with the operands exchanged.
    var mirrored: ConditionNode.Comparator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .equal, .notEqual: self
        }
    }
}

extension KeyCondition.SortBound {
    var values: [AttributeValue] {
        switch self {
        case .less(let value), .lessOrEqual(let value), .greater(let value), .greaterOrEqual(let value),
            .beginsWith(let value):
            [value]
        case .between(let low, let high): [low, high]
        }
    }
}

extension AttributeValue {
    fileprivate func check(against attribute: KeyAttribute) throws(DynamoDBError) {
        guard attribute.type.matches(self) else {
            throw .validation(
                "One or more parameter values were invalid: Condition parameter type does not match schema type")
        }
        if let emptyKind {
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + "empty \(emptyKind) value. Key: \(attribute.name)")
        }
    }
}
