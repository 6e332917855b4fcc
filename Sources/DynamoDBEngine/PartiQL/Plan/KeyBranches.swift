internal import DynamoDB

/// The ways in which a WHERE clause can be met, as far as conditions on keys tell them apart: each is one query.
///
/// AWS calls them decomposed reads. A clause of which a way names no partition is answered by a scan.
struct KeyBranches {
    struct Branch {
        var terms: [KeyTerm] = []
        /// What the clause says beside, which the items read are to meet.
        var filters: [ConditionNode] = []
    }

    private let key: KeyLayout
    private let condition: ConditionNode
    /// nil where they are more than AWS reads.
    private let branches: [Branch]?

    /// - Parameter key: of a table or index of one partition key attribute, and one sort key attribute at most.
    /// - Throws: `ValidationException` for a value that no key attribute can have.
    init(_ condition: ConditionNode, on key: KeyLayout) throws(DynamoDBError) {
        self.key = key
        self.condition = condition
        branches = try condition.branches(on: key)
    }

    /// Refuses values of another type than their key attribute's.
    func requireTypes() throws(DynamoDBError) {
        for term in (branches ?? []).flatMap(\.terms) {
            let attribute = term.attribute(of: key)
            for value in term.values {
                guard attribute.type.matches(value) else { throw .keyTypeMismatch(attribute) }
                try value.refuseEmpty(as: attribute)
            }
        }
    }

    /// The queries that find all items, none of them twice, in the order of the clause; nil if a scan has to find them.
    ///
    /// - Throws: `ValidationException` for too many queries, and for queries of which one finds items of another.
    func queries(of id: UInt32) throws(DynamoDBError) -> [KeyQuery]? {
        guard let branches else {
            guard condition.namesPartition(of: key) else { return nil }
            throw .validation("Too many decomposed read operations for a given query.")
        }
        var queries: [KeyQuery] = []
        for branch in branches {
            guard let query = KeyQuery(branch, on: key, of: id) else { return nil }
            queries.append(query)
        }
        return try withoutOverlaps(queries, of: id)
    }

    /// The primary key that the clause names, if it says nothing else.
    var onlyKey: Item? {
        guard let branches, branches.count == 1, branches[0].filters.isEmpty else { return nil }
        var item: Item = [:]
        for term in branches[0].terms {
            if case .bound = term { return nil }
            let name = term.attribute(of: key).name
            guard let value = term.values.first, item[name].map({ $0 == value }) ?? true else { return nil }
            item[name] = value
        }
        return item.count == key.all.count ? item : nil
    }

    private func withoutOverlaps(_ queries: [KeyQuery], of id: UInt32) throws(DynamoDBError) -> [KeyQuery] {
        guard queries.count > 1 else { return queries }
        var joined: Set<AttributeValue> = []
        for (partition, same) in Dictionary(grouping: queries, by: \.partition) where same.count > 1 {
            // AWS lets a condition that excludes sort keys overlap with others. Then the whole partition is read once.
            if let sort = key.sort.first?.name, same.contains(where: { $0.filters.contains { $0.excludes(sort) } }) {
                joined.insert(partition)
            } else if same.map(\.range).overlap {
                throw .validation("Overlapping conditions with range keys are not supported in where clause")
            }
        }
        guard !joined.isEmpty else { return queries }
        var done: Set<AttributeValue> = []
        return queries.compactMap { query -> KeyQuery? in
            guard joined.contains(query.partition) else { return query }
            guard done.insert(query.partition).inserted else { return nil }
            return KeyQuery(allOf: query.partition, filter: condition, of: id)
        }
    }
}

/// One query of a WHERE clause: the keys it reads of one partition.
struct KeyQuery {
    let partition: AttributeValue
    let range: KeyRange
    let filters: [ConditionNode]
    /// Whether the keys are those of one item of the table whose key it is.
    let namesItem: Bool

    init(allOf partition: AttributeValue, filter: ConditionNode, of id: UInt32) {
        self.partition = partition
        range = KeyCondition(partition: [partition], sortEqualities: [], sortBound: nil).range(of: id)
        filters = [filter]
        namesItem = false
    }

    /// - Returns: nil unless the branch names one partition.
    fileprivate init?(_ branch: KeyBranches.Branch, on key: KeyLayout, of id: UInt32) {
        var partitions: [AttributeValue] = []
        for case .partition(let value) in branch.terms where !partitions.contains(value) { partitions.append(value) }
        guard partitions.count == 1 else { return nil }
        partition = partitions[0]
        filters = branch.filters
        namesItem = key.sort.isEmpty || branch.terms.contains { if case .sort = $0 { true } else { false } }
        range = branch.terms.reduce(
            KeyCondition(partition: partitions, sortEqualities: [], sortBound: nil).range(of: id)
        ) { range, term in
            switch term {
            case .partition: range
            case .sort(let value):
                range.intersection(
                    KeyCondition(partition: partitions, sortEqualities: [value], sortBound: nil).range(of: id))
            case .bound(let bound):
                range.intersection(
                    KeyCondition(partition: partitions, sortEqualities: [], sortBound: bound).range(of: id))
            }
        }
    }
}

extension ConditionNode {
    /// - Returns: nil if they are more than AWS reads.
    fileprivate func branches(on key: KeyLayout) throws(DynamoDBError) -> [KeyBranches.Branch]? {
        if let terms = keyTerms(on: key) {
            for term in terms {
                for value in term.values where !value.type.isOrdered {
                    throw .validation(
                        "Key value must be of type S, N, or B. Key name: \(term.attribute(of: key).name), "
                            + "Key type: \(value.type.rawValue)")
                }
            }
            return terms.count <= Limits.statementReads ? terms.map { KeyBranches.Branch(terms: [$0]) } : nil
        }
        switch self {
        case .and(let one, let other):
            guard let left = try one.branches(on: key), let right = try other.branches(on: key),
                left.count * right.count <= Limits.statementReads
            else { return nil }
            return left.flatMap { first in
                right.map { second in
                    KeyBranches.Branch(terms: first.terms + second.terms, filters: first.filters + second.filters)
                }
            }
        case .or(let one, let other) where names(key):
            guard let first = try one.branches(on: key), let second = try other.branches(on: key),
                first.count + second.count <= Limits.statementReads
            else { return nil }
            return first + second
        default:
            return [KeyBranches.Branch(filters: [self])]
        }
    }

    /// Whether a condition on a key is among those that are joined with AND and OR.
    private func names(_ key: KeyLayout) -> Bool {
        switch self {
        case .and(let one, let other), .or(let one, let other): one.names(key) || other.names(key)
        default: keyTerms(on: key) != nil
        }
    }

    /// Whether the condition can be met in no partition but those it names.
    fileprivate func namesPartition(of key: KeyLayout) -> Bool {
        switch self {
        case .and(let one, let other): one.namesPartition(of: key) || other.namesPartition(of: key)
        case .or(let one, let other): one.namesPartition(of: key) && other.namesPartition(of: key)
        default:
            if case .partition? = keyTerms(on: key)?.first { true } else { false }
        }
    }
}

extension [KeyRange] {
    /// Whether two of the ranges have a key in common.
    fileprivate var overlap: Bool {
        let ordered = filter { !$0.isEmpty }.sorted { $0.lower.lexicographicallyPrecedes($1.lower) }
        // Of two neighbours that do not overlap the second ends later.
        return zip(ordered, ordered.dropFirst()).contains { $1.lower.lexicographicallyPrecedes($0.upper) }
    }
}
