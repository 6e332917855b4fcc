internal import DynamoDB

/// What an ORDER BY clause asks for: the order of partitions, and of items in each.
struct SelectOrder {
    /// Whether partitions are ordered by their key, and if so ascending; nil for the order of the WHERE clause.
    private let partitionsAscend: Bool?
    private let isOrdered: Bool
    let isForward: Bool

    /// - Parameter queries: those that the WHERE clause makes; nil for a scan.
    init(_ select: SelectStatement, key: KeyLayout, queries: [KeyQuery]?) throws(DynamoDBError) {
        isOrdered = !select.order.isEmpty
        guard isOrdered else {
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
        guard let queries else {
            throw .validation(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")
        }
        func ascends(_ attributes: [KeyAttribute]) -> Bool? {
            select.order.first { term in attributes.contains { $0.isNamed(term.attribute) } }?.isAscending
        }
        partitionsAscend = ascends(key.partition)
        guard Set(queries.map(\.partition)).count <= 1 || partitionsAscend != nil else {
            throw .validation(
                "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause."
            )
        }
        // Ordered by the partition key alone AWS gives a partition's items backwards.
        isForward = ascends(key.sort) ?? false
    }

    func arrange(_ queries: [KeyQuery]) -> [KeyQuery] {
        guard isOrdered else { return queries }
        return queries.sorted { one, other in
            if one.partition == other.partition {
                let precedes = one.range.lower.lexicographicallyPrecedes(other.range.lower)
                return isForward ? precedes : other.range.lower.lexicographicallyPrecedes(one.range.lower)
            }
            return partitionsAscend ?? true
                ? one.partition.precedes(other.partition) : other.partition.precedes(one.partition)
        }
    }
}
