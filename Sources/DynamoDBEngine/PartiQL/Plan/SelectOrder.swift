import DynamoDB

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

/// A SELECT that names the whole primary key of one item, and says nothing more.
struct SingleRead: Sendable {
    let key: Item
    let projection: StatementProjection?

    /// - Returns: nil for any other SELECT.
    /// - Throws: `ValidationException` for a SELECT that can be read in no way.
    init?(_ select: SelectStatement, on table: Table) throws(DynamoDBError) {
        try select.requireSimpleKey(of: table)
        if let fault = select.fault { throw fault }
        guard select.indexName == nil, let condition = select.condition else { return nil }
        let branches = try KeyBranches(condition, on: table.key)
        guard try branches.queries(of: table.id)?.count == 1, let key = branches.onlyKey else { return nil }
        self.key = key
        projection = select.projection.map(StatementProjection.init)
    }
}

extension SingleRead {
    /// The item's row, nil if there is no item, and the read units that the read takes.
    func run(_ core: EngineCore, on table: Table, consistent: Bool) async throws -> (row: Item?, units: Double) {
        try core.throttle?.admitRead(of: table)
        let key = try table.storageKey(ofKey: key)
        let (item, size) = try await core.reads.items { [database = core.database] tier in
            let stored = try StoredValue(database, key: key, tier)
            return (try stored.item?.item(projection?.attributes), stored.item?.size ?? 0)
        }
        let units = readUnits(size, consistent: consistent)
        core.countRead(units, of: table)
        if consistent { try await core.durability.settleReads(of: .items([key])) }
        return (item.map { projection?.row(of: $0) ?? $0 }, units)
    }
}

/// What a SELECT returns of each item: the values at document paths, each under the last name of its path.
struct StatementProjection: Sendable {
    private let columns: [(name: String, path: DocumentPath)]

    init(_ paths: [DocumentPath]) {
        columns = paths.map { ($0.columnName, $0) }
    }

    /// The attributes that the columns are taken from.
    var attributes: ItemProjection { ItemProjection(attributes: names) }

    /// Their names, each once, in the order of the columns.
    var names: [String] {
        var seen: StringSet = []
        return columns.map(\.path.attribute).filter { seen.insert($0).inserted }
    }

    func row(of item: Item) -> Item {
        var row: Item = [:]
        for (name, path) in columns { row[name] = item.value(at: path) }
        return row
    }
}

extension DocumentPath {
    /// `b` for `a.b`, `l[0]` for `a.l[0]`.
    var columnName: String {
        steps.reduce(attribute) { name, step in
            switch step {
            case .member(let member): member.text
            case .element(let index): "\(name)[\(index)]"
            }
        }
    }
}
