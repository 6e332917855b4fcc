internal import DynamoDB

/// What one condition of a WHERE clause says of a key attribute, in terms that a query can answer.
enum KeyTerm {
    /// The partition key attribute has the value.
    case partition(AttributeValue)
    /// The sort key attribute has the value.
    case sort(AttributeValue)
    case bound(KeyCondition.SortBound)

    var values: [AttributeValue] {
        switch self {
        case .partition(let value), .sort(let value): [value]
        case .bound(let bound): bound.values
        }
    }
}

extension KeyTerm {
    func attribute(of key: KeyLayout) -> KeyAttribute {
        if case .partition = self { key.partition[0] } else { key.sort[0] }
    }
}

extension ConditionNode {
    /// The terms of which one is met if the condition is; nil if the condition is none on a key attribute.
    func keyTerms(on key: KeyLayout) -> [KeyTerm]? {
        if let values = choice(of: key.partition[0].name) { return values.map(KeyTerm.partition) }
        guard let sort = key.sort.first?.name else { return nil }
        if let values = choice(of: sort) { return values.map(KeyTerm.sort) }
        return bound(on: sort).map { [KeyTerm.bound($0)] }
    }

    /// The value that the condition says the attribute has.
    func equality(of name: String) -> AttributeValue? {
        switch self {
        case .compare(.equal, .path(DocumentPath(name)), .value(let value)),
            .compare(.equal, .value(let value), .path(DocumentPath(name))):
            value
        default: nil
        }
    }

    /// The values of which the condition says the attribute has one.
    private func choice(of name: String) -> [AttributeValue]? {
        guard case .within(.path(DocumentPath(name)), let candidates) = self else {
            return equality(of: name).map { [$0] }
        }
        var values: [AttributeValue] = []
        for candidate in candidates {
            guard case .value(let value) = candidate else { return nil }
            values.append(value)
        }
        return values
    }

    private func bound(on name: String) -> KeyCondition.SortBound? {
        switch self {
        case .compare(let comparator, .path(DocumentPath(name)), .value(let value)):
            KeyCondition.SortBound(comparator, value)
        case .compare(let comparator, .value(let value), .path(DocumentPath(name))):
            KeyCondition.SortBound(comparator.mirrored, value)
        case .between(.path(DocumentPath(name)), .value(let low), .value(let high)): .between(low, high)
        case .beginsWith(.path(DocumentPath(name)), .value(let prefix)): .beginsWith(prefix)
        default: nil
        }
    }

    /// The conditions that the condition joins with AND.
    var conjuncts: [ConditionNode] {
        if case .and(let one, let other) = self { one.conjuncts + other.conjuncts } else { [self] }
    }

    /// Whether the condition excludes values of the attribute, which AWS does not count as a condition on a key.
    func excludes(_ name: String) -> Bool {
        switch self {
        case .compare(.notEqual, .path(DocumentPath(name)), _), .compare(.notEqual, _, .path(DocumentPath(name))): true
        case .not(let negated): StringSet(negated.attributeNames).contains(name)
        default: false
        }
    }
}

extension KeyCondition.SortBound {
    /// nil for a comparator that is no bound.
    fileprivate init?(_ comparator: ConditionNode.Comparator, _ value: AttributeValue) {
        switch comparator {
        case .less: self = .less(value)
        case .lessOrEqual: self = .lessOrEqual(value)
        case .greater: self = .greater(value)
        case .greaterOrEqual: self = .greaterOrEqual(value)
        case .equal, .notEqual: return nil
        }
    }
}
