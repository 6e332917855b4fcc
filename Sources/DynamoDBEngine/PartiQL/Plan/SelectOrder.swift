internal import DynamoDB

/// What an ORDER BY clause asks for: the order of partitions, and of items in each.
struct SelectOrder {
    /// Whether partitions are ordered by their key, and if so ascending; nil for the order of the WHERE clause.
    private let partitionsAscend: Bool?
    let isForward: Bool

    /// - Parameter partitions: how many the WHERE clause names; nil for a scan.
    init(_ select: SelectStatement, key: KeyLayout, partitions: Int?) throws(DynamoDBError) {
        guard !select.order.isEmpty else {
            partitionsAscend = nil
            isForward = true
            return
        }
        guard select.condition != nil else {
            throw .validation("Must have WHERE clause in the statement when using ORDER BY clause.")
        }
        if let term = select.order.first(where: { !key.contains($0.attribute) }) {
            throw .validation("Attribute \(term.attribute) in ORDER BY clause must be part of the primary key")
        }
        guard let partitions else {
            throw .validation(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")
        }
        let isPartition = { (term: SelectStatement.Order) in key.partition.contains { $0.isNamed(term.attribute) } }
        partitionsAscend = select.order.first(where: isPartition)?.isAscending
        guard partitions == 1 || partitionsAscend != nil else {
            throw .validation(
                "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause."
            )
        }
        let directions = Set(select.order.filter { !isPartition($0) }.map(\.isAscending))
        guard directions.count <= 1 else {
            throw .validation("The sort keys in ORDER BY clause must have the same direction")
        }
        isForward = directions.first ?? true
    }

    func arrange(_ conditions: [KeyCondition]) -> [KeyCondition] {
        guard let partitionsAscend else { return conditions }
        let ascending = conditions.sorted { one, other in
            let difference = zip(one.partition, other.partition).first { $0 != $1 }
            return difference.map { $0.precedes($1) } ?? false
        }
        return partitionsAscend ? ascending : ascending.reversed()
    }
}
