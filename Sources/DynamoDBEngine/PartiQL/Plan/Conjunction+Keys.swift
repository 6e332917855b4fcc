internal import DynamoDB

extension Conjunction {
    /// Takes the terms that make queries: one for each partition key value that the terms allow.
    ///
    /// Terms that say more than a key can answer stay for the filter.
    ///
    /// - Returns: nil if the terms do not tell the partition: a scan has to find the items.
    mutating func takeKeyConditions(on key: KeyLayout) throws(DynamoDBError) -> [KeyCondition]? {
        var remaining = self
        var partitions: [[ConditionNode]] = [[]]
        for attribute in key.partition {
            guard let values = remaining.takeChoice(of: attribute.name) else { return nil }
            partitions = partitions.flatMap { partition in
                values.map { partition + [.compare(.equal, .path(DocumentPath(attribute.name)), .value($0))] }
            }
            guard partitions.count <= Limits.statementPartitions else {
                throw .validation(
                    "The WHERE clause names more than \(Limits.statementPartitions) values of the partition key")
            }
        }
        let sort = remaining.takeSortTerms(key.sort)
        self = remaining
        var conditions: [KeyCondition] = []
        for partition in partitions {
            guard let node = Conjunction(terms: partition + sort).condition else { return nil }
            conditions.append(try KeyCondition(node, on: key))
        }
        return conditions
    }

    /// The values that the terms allow an attribute, each once.
    private mutating func takeChoice(of name: String) -> [AttributeValue]? {
        let single = take { $0.equality(of: name) }.map { [$0] }
        guard let values = single ?? terms.lazy.compactMap({ $0.choice(of: name) }).first else { return nil }
        var seen: Set<AttributeValue> = []
        return values.filter { seen.insert($0).inserted }
    }

    /// Equalities on leading sort key attributes, then a bound on the next.
    private mutating func takeSortTerms(_ attributes: [KeyAttribute]) -> [ConditionNode] {
        var taken: [ConditionNode] = []
        for attribute in attributes {
            if let value = take({ $0.equality(of: attribute.name) }) {
                taken.append(.compare(.equal, .path(DocumentPath(attribute.name)), .value(value)))
                continue
            }
            if let bound = take({ $0.bounds(attribute.name) ? $0 : nil }) { taken.append(bound) }
            break
        }
        return taken
    }
}
