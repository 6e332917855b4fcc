internal import DynamoDB

/// The conditions that a WHERE clause joins with AND.
struct Conjunction {
    private(set) var terms: [ConditionNode]

    init(terms: [ConditionNode]) {
        self.terms = terms
    }

    init(_ condition: ConditionNode?) {
        terms = condition.map(\.conjuncts) ?? []
    }

    /// All terms in one condition; nil if there are none.
    var condition: ConditionNode? {
        terms.dropFirst().reduce(terms.first) { joined, term in joined.map { ConditionNode.and($0, term) } }
    }

    /// Takes the first term of which `choose` makes something.
    mutating func take<Result>(_ choose: (ConditionNode) -> Result?) -> Result? {
        for (position, term) in terms.enumerated() {
            if let result = choose(term) {
                terms.remove(at: position)
                return result
            }
        }
        return nil
    }

    /// Takes the terms that say what a key is.
    ///
    /// - Returns: nil unless there is an equality for every attribute of the key.
    mutating func takeKey(_ layout: KeyLayout) -> Item? {
        var key: Item = [:]
        for attribute in layout.all {
            guard let value = take({ $0.equality(of: attribute.name) }) else { return nil }
            terms.removeAll { $0.equality(of: attribute.name) == value }
            key[attribute.name] = value
        }
        return key
    }
}

extension ConditionNode {
    fileprivate var conjuncts: [ConditionNode] {
        if case .and(let one, let other) = self { one.conjuncts + other.conjuncts } else { [self] }
    }

    /// The value that the condition says the attribute has.
    func equality(of name: String) -> AttributeValue? {
        switch self {
        case .compare(.equal, .path(let path), .value(let value)), .compare(.equal, .value(let value), .path(let path)):
            guard path == DocumentPath(name) else { return nil }
            return value
        default: return nil
        }
    }

    /// The values of which the attribute has one if the condition is met; nil if that cannot be told.
    func choice(of name: String) -> [AttributeValue]? {
        switch self {
        case .compare: return equality(of: name).map { [$0] }
        case .within(.path(DocumentPath(name)), let candidates):
            var values: [AttributeValue] = []
            for candidate in candidates {
                guard case .value(let value) = candidate else { return nil }
                values.append(value)
            }
            return values
        case .or(let one, let other):
            guard let values = one.choice(of: name), let more = other.choice(of: name) else { return nil }
            return values + more
        case .and(let one, let other): return one.choice(of: name) ?? other.choice(of: name)
        default: return nil
        }
    }

    /// Whether a Query can answer the condition by the order of the sort key attribute.
    func bounds(_ name: String) -> Bool {
        switch self {
        case .compare(let comparator, .path(DocumentPath(name)), .value),
            .compare(let comparator, .value, .path(DocumentPath(name))):
            comparator != .notEqual
        case .between(.path(DocumentPath(name)), .value, .value), .beginsWith(.path(DocumentPath(name)), .value): true
        default: false
        }
    }
}
