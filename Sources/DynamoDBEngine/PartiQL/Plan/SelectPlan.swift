internal import DynamoDB

/// How a SELECT is answered: by queries of the partitions that its WHERE clause names, or by a scan.
struct SelectPlan {
    let request: PageRequest
    /// What is read, in this order.
    let ranges: [KeyRange]
    /// Whether each range is that of one item.
    private let namesItems: Bool
    private let projection: StatementProjection?

    init(
        _ select: SelectStatement, on table: Table, limit: Int? = nil, consistentRead: Bool? = nil
    ) throws(DynamoDBError) {
        let source = try ReadSource(select, table, consistentRead: consistentRead)
        if let fault = select.fault { throw fault }
        let branches = try select.condition.map { condition throws(DynamoDBError) in
            try KeyBranches(condition, on: source.key)
        }
        try branches?.requireTypes()
        let queries = try branches?.queries(of: source.id)
        let order = try SelectOrder(select, key: source.key, queries: queries)
        if let queries { try source.requireProjected(queries) }
        let projection = select.projection.map(StatementProjection.init)
        var request = try PageRequest(
            source, range: ItemKey.range(of: source.id), isWithinPartition: queries != nil,
            ReadExpressions(
                projection: projection?.attributes, names: projection?.names ?? [],
                filter: select.filter(beside: queries)),
            select: nil, limit: (queries?.count ?? 1) > 1 ? min(limit ?? .max, Limits.statementReadsPage) : limit,
            consistentRead: consistentRead)
        request.reader.forward = order.isForward
        namesItems = source.index == nil && queries?.allSatisfy(\.namesItem) == true
        ranges = queries.map { order.arrange($0).map(\.range) } ?? [request.reader.range]
        self.request = request
        self.projection = projection
    }

    /// Reads one page.
    ///
    /// - Parameter position: the last key of the page before.
    func read(_ core: EngineCore, after position: Item?) async throws -> Page<ItemValues> {
        let page = try await page(core, after: position)
        if request.isConsistent { try await core.durability.settleReads(of: scope) }
        return page
    }

    /// What is read.
    private var scope: ReadScope {
        let reader = request.reader
        guard reader.isWithinPartition else { return reader.scope }
        return namesItems ? .items(ranges.map(\.lower)) : .partitions(ranges.map(reader.partition))
    }

    private func page(_ core: EngineCore, after position: Item?) async throws -> Page<ItemValues> {
        let start = try position.map { try request.reader.source.storageKey(ofPosition: $0) }
        let first = start.map { key in ranges.firstIndex { $0.contains(key) } ?? ranges.endIndex } ?? 0
        var result = Page<ItemValues>()
        for (index, range) in ranges.enumerated().dropFirst(first) {
            var request = self.request
            request.reader.range = range
            if let start, index == first { request.reader.resume(after: start) }
            request.reader.limit = request.reader.limit.map { $0 - result.scannedCount }
            request.reader.byteLimit -= result.scannedBytes
            let page = try await request.read(core, as: ItemValues.self)
            result.append(page, projection)
            if page.lastKey != nil { break }
        }
        return result
    }
}

extension Page<ItemValues> {
    fileprivate mutating func append(_ page: Self, _ projection: StatementProjection?) {
        found.items += projection.map { page.found.items.map($0.row) } ?? page.found.items
        count += page.count
        scannedCount += page.scannedCount
        scannedBytes += page.scannedBytes
        itemReadUnits += page.itemReadUnits
        lastKey = page.lastKey
    }
}

extension ReadSource {
    fileprivate init(
        _ select: SelectStatement, _ table: Table, consistentRead: Bool?
    ) throws(DynamoDBError) {
        if let name = select.indexName {
            guard let index = table.index(named: name) else {
                throw .validation("The table does not have the specified index")
            }
            try select.requireSimpleKey(of: table)
            if index.kind == .global, consistentRead == true {
                throw .validation("Strongly consistent read is not supported on Global Secondary Indexes")
            }
        }
        // Whether it is a query or a scan is not known yet: AWS says so of both.
        try self.init(table, indexName: select.indexName, for: "Scan")
    }

    /// Refuses a filter on what the index does not hold, as AWS does: if every query has one, telling that of the last
    /// partition.
    fileprivate func requireProjected(_ queries: [KeyQuery]) throws(DynamoDBError) {
        guard let held = index?.projectedNames.map({ StringSet($0) }) else { return }
        var last: [String] = []
        for query in queries.sorted(by: { $0.partition.precedes($1.partition) }) {
            var seen = held
            let names = query.filters.flatMap(\.attributeNames).filter { seen.insert($0).inserted }
            guard !names.isEmpty else { return }
            last = names
        }
        try requireProjected(last.inHashOrder)
    }
}

extension SelectStatement {
    /// Refuses an index whose key has several attributes of one kind, which AWS's PartiQL does not read.
    func requireSimpleKey(of table: Table) throws(DynamoDBError) {
        guard let key = indexName.flatMap({ table.index(named: $0) })?.key,
            key.partition.count > 1 || key.sort.count > 1
        else { return }
        throw .validation(
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
                + "keys.")
    }

    /// What items are to meet beside the keys of the queries.
    fileprivate func filter(beside queries: [KeyQuery]?) -> ConditionNode? {
        guard let queries else { return condition }
        guard queries.count == 1 else { return queries.allSatisfy(\.filters.isEmpty) ? nil : condition }
        let filters = queries[0].filters
        return filters.dropFirst().reduce(filters.first) { joined, filter in joined.map { .and($0, filter) } }
    }
}

extension [String] {
    /// In the order of a set of Java, in which AWS tells these names: that of their hash codes' last bits.
    fileprivate var inHashOrder: [String] {
        var buckets: UInt32 = 16
        while Double(count) > 0.75 * Double(buckets) { buckets *= 2 }
        func bucket(_ name: String) -> UInt32 {
            let hash = name.utf16.reduce(0 as UInt32) { $0 &* 31 &+ UInt32($1) }
            return (hash ^ hash >> 16) & (buckets - 1)
        }
        return enumerated().sorted { one, other in
            let (first, second) = (bucket(one.element), bucket(other.element))
            return first != second ? first < second : one.offset < other.offset
        }.map(\.element)
    }
}
